import { createGuard, type Guard } from './answer/guard.ts';
import { createHandler } from './answer/handler.ts';
import { createBehaviour, isOwnContract } from './answer/operations.ts';
import { loadContract, type Operation, operationName } from './contract/load.ts';
import { createControls, type MockControls } from './control/controls.ts';
import { createControl } from './control/routes.ts';
import type { Handler } from './http/message.ts';
import { createRedactor } from './journal/redact.ts';
import type { ResolvedOptions } from './options.ts';
import { documents } from './prism/prefer.ts';
import { planOf } from './service/scenario.ts';

/** A mock without a socket or a `fetch`. */
export interface Core {
  readonly mock: MockControls;
  readonly handler: Handler;
  /** Serves another contract from the next request on. Sessions, tokens and the journal are kept. */
  useContract(operations: readonly Operation[]): void;
}

/** @param origin the address of the mock, for example `http://127.0.0.1:4010` */
export async function createCore(options: ResolvedOptions, origin: () => string): Promise<Core> {
  let operations: readonly Operation[] = await loadContract(options.contract);
  const controls = createControls(options, () => operations);
  const { mock, sessions, tokens } = controls;
  const { now } = mock.clock;
  const world = { clients: options.clients, tokens, sessions, plan: planOf(options.scenario), now, origin };
  const control = createControl(controls, options.controlToken);
  const redactor = createRedactor(options.clients, options.controlToken === undefined ? [] : [options.controlToken]);
  const behaviour = createBehaviour(world);
  const warn = (message: string): void => options.onEvent?.({ event: 'contract-warning', message });
  const parts = { world, behaviour, controls, control, redactor, warn };
  const serve = (): Handler => {
    const issuer = isOwnContract(operations) ? { clients: options.clients, tokens } : undefined;
    const guards = new Map(operations.map((operation) => [operation, createGuard(operation, issuer)]));
    const names = operations.filter((operation) => !behaviour(operation)).map(operationName);
    if (names.length > 0) options.onEvent?.({ event: 'examples-only', operations: names });
    for (const message of undocumentedRefusals(guards)) warn(message);
    return createHandler(guards, parts);
  };
  let handler = serve();
  return {
    mock,
    handler: (request) => handler(request),
    useContract: (next) => {
      operations = next;
      handler = serve();
    },
  };
}

/** A warning for each status with which the mock refuses credentials and that the contract does not document. */
function undocumentedRefusals(guards: ReadonlyMap<Operation, Guard>): string[] {
  const names = new Map<number, string[]>();
  for (const [operation, { statuses }] of guards) {
    for (const status of statuses.filter((candidate) => !documents(operation, candidate))) {
      names.set(status, [...(names.get(status) ?? []), operationName(operation)]);
    }
  }
  return [...names].map(
    ([status, operations]) =>
      `The contract documents no ${status} for ${operations.join(', ')}. ` +
      `The mock still answers ${status} when it refuses a credential.`,
  );
}
