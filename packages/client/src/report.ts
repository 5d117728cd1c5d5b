import { contractVersion, operations } from './generated/contract.ts';
import type { Hooks, ValidationEvent } from './http/hooks.ts';

/** One way in which responses broke the contract. It names members and rules, never a value. */
export interface ReportedDeviation {
  /** The contract's operationId, for example `getSessionDecision`. */
  readonly operation: string;
  /** HTTP status, a 2xx. */
  readonly status: number;
  readonly kind: 'missing-member' | 'wrong-type' | 'wrong-value';
  /** JSON pointer into the body, for example `/user_data/email/is_verified`. */
  readonly at: string;
  /** For example `must be boolean or null`. */
  readonly message: string;
  /** The response in the contract, as a JSON pointer. */
  readonly contract: { readonly pointer: string };
  /** How often it occurred. */
  readonly times: number;
}

/** What traffic has shown, as JSON that you can store and send. */
export interface ContractReport {
  /** Version of the contract that the client was generated from. */
  readonly contractVersion: string;
  /** Each deviation once, in the order of their first occurrence. */
  readonly deviations: readonly ReportedDeviation[];
}

/** A report that grows with each response. */
export interface ContractReporter {
  /** The hooks for `createClient({ hooks })`. */
  readonly hooks: Pick<Hooks, 'onValidation'>;
  /** The report so far; `JSON.stringify` calls it. */
  toJSON(): ContractReport;
  /** The report so far, human-readable: a line for each deviation. Empty when there is none. */
  toString(): string;
}

/** Further deviations are dropped, to bound memory and keep the report readable. */
const mostDeviations = 1_000;

/**
 * Creates a report of the responses that break the contract. With `validation: 'report'` the call returns such a
 * response; with `throw`, the default, it throws as well. Members that the contract does not name break nothing.
 *
 * @example
 * const report = createContractReport();
 * const didit = createClient({ clientId, clientSecret, validation: 'report', hooks: report.hooks });
 * // later
 * console.log(String(report));
 */
export function createContractReport(): ContractReporter {
  const seen = new Map<string, ReportedDeviation>();

  function add(deviation: Omit<ReportedDeviation, 'times'>): void {
    const { operation, status, at, message } = deviation;
    const key = JSON.stringify([operation, status, at, message]);
    const before = seen.get(key);
    if (!before && seen.size >= mostDeviations) return;
    seen.set(key, { ...deviation, times: (before?.times ?? 0) + 1 });
  }

  return {
    hooks: { onValidation: (event) => deviationsOf(event).forEach(add) },
    toJSON: () => ({ contractVersion, deviations: [...seen.values()] }),
    toString: () => [...seen.values()].map(lineOf).join('\n'),
  };
}

function deviationsOf({ operation, status, violations }: ValidationEvent): Omit<ReportedDeviation, 'times'>[] {
  const contract = { pointer: pointerOf(operation, status) };
  return violations.map(({ path, message }) => ({ operation, status, ...ruleOf(path, message), contract }));
}

/** Translates a validator's message for the report. */
function ruleOf(path: string, message: string): Pick<ReportedDeviation, 'kind' | 'at' | 'message'> {
  const missing = /^must have required property '(.+)'$/.exec(message)?.[1];
  if (missing !== undefined) {
    return { kind: 'missing-member', at: `${path}/${missing}`, message: `${missing} is missing` };
  }
  const isType = /^must be (string|number|integer|boolean|object|array|null)\b/.test(message);
  return { kind: isType ? 'wrong-type' : 'wrong-value', at: path, message };
}

function pointerOf(operation: string, status: number): string {
  const { method, path } = (operations as Readonly<Record<string, { method: string; path: string }>>)[operation] ?? {};
  if (method === undefined || path === undefined) return '#/paths';
  return `#/paths/${path.replaceAll('/', '~1')}/${method.toLowerCase()}/responses/${status}`;
}

function lineOf({ operation, status, kind, at, message, times }: ReportedDeviation): string {
  const place = at === '' ? '' : ` ${at}`;
  return `${operation} ${status}${place}: ${message} (${kind})${times > 1 ? `, ${times} times` : ''}`;
}
