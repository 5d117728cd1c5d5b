import { MockOptionsError } from './errors.ts';
import { checkFault, type Fault, faultKinds } from './faults.ts';

const numbers = ['times', 'probability', 'ms', 'status'];

/** What the value right behind a kind means. */
const shorthand: Readonly<Record<string, string>> = { status: 'status', html: 'status' };

/**
 * Reads `--fault`: `getSessionDecision:status=503,times=2,header=Retry-After: 1`. A value right behind the kind is the
 * status of `status` and `html`, and the milliseconds of any other. Throws a `MockOptionsError`.
 */
export const parseFault = (text: string): { operationId: string; fault: Fault } => {
  const [, operationId, rest] = /^([^:]+):(.+)$/.exec(text) ?? [];
  if (operationId === undefined || rest === undefined) {
    throw new MockOptionsError(`--fault must be operation:kind, for example getSessionDecision:status=503,times=2.`);
  }
  const [first = '', ...others] = rest.split(',');
  const [kind = '', value] = first.split('=');
  const fault: Record<string, unknown> = { kind };
  if (value !== undefined) fault[shorthand[kind] ?? 'ms'] = Number(value || Number.NaN);
  const headers: Record<string, string> = {};
  for (const part of others) {
    const [name = '', ...values] = part.split('=');
    const given = values.join('=');
    if (name === 'header') {
      const [header = '', ...texts] = given.split(':');
      headers[header.trim()] = texts.join(':').trim();
    } else if (numbers.includes(name)) fault[name] = Number(given || Number.NaN);
    else if (name === 'body') fault.body = given;
    else throw new MockOptionsError(`--fault has no ${name}. It has: ${numbers.join(', ')}, header, body.`);
  }
  if (Object.keys(headers).length > 0) fault.headers = headers;
  if (!faultKinds.some((known) => known === kind)) {
    throw new MockOptionsError(`--fault: kind must be one of: ${faultKinds.join(', ')}.`);
  }
  return { operationId, fault: checkFault(fault as unknown as Fault) };
};
