import { MockOptionsError } from '../errors.ts';
import { checkFault, type Fault, faultKinds } from '../faults/fault.ts';

const numbers = ['times', 'probability', 'ms', 'status'];
const names = [...numbers, 'header', 'body'];

/** The member that the value after a kind sets. Default: `ms`. */
const shorthand: Readonly<Record<string, string>> = { status: 'status', html: 'status' };

/**
 * Reads `--fault`: `getSessionDecision:status=503,times=2,header=Retry-After: 1,body=a, b`. The value after the kind is
 * the status for `status` and `html`, and `ms` for all others. The body comes last and can contain commas.
 *
 * @throws {MockOptionsError} when it is invalid
 */
export function parseFault(text: string): { operationId: string; fault: Fault } {
  const [, operationId, rest] = /^([^:]+):(.+)$/s.exec(text) ?? [];
  if (operationId === undefined || rest === undefined) {
    throw new MockOptionsError(`--fault must be operation:kind, for example getSessionDecision:status=503,times=2.`);
  }
  const [first = ''] = rest.split(',', 1);
  const [kind = '', value] = first.split('=');
  const fault: Record<string, unknown> = { kind };
  if (value !== undefined) fault[shorthand[kind] ?? 'ms'] = Number(value || Number.NaN);
  const headers: Record<string, string> = {};
  const others = first.length < rest.length ? partsOf(rest.slice(first.length + 1)) : [];
  for (const [name, given] of others) {
    if (name === 'header') {
      const [header = '', ...texts] = given.split(':');
      headers[header.trim()] = texts.join(':').trim();
    } else if (numbers.includes(name)) fault[name] = Number(given || Number.NaN);
    else if (name === 'body') fault.body = given;
    else throw new MockOptionsError(`--fault has no ${name}. It has: ${names.join(', ')}.`);
  }
  if (Object.keys(headers).length > 0) fault.headers = headers;
  if (!faultKinds.some((known) => known === kind)) {
    throw new MockOptionsError(`--fault: kind must be one of: ${faultKinds.join(', ')}.`);
  }
  return { operationId, fault: checkFault(fault as unknown as Fault) };
}

/** Splits at commas. A `body` takes the whole rest, and a header continues until the next `name=`. */
function partsOf(text: string): [name: string, value: string][] {
  const parts: [name: string, value: string][] = [];
  const words = text.split(',');
  for (const [index, word] of words.entries()) {
    const [name = '', ...values] = word.split('=');
    if (name === 'body') return [...parts, [name, [values.join('='), ...words.slice(index + 1)].join(',')]];
    const last = parts.at(-1);
    if (last?.[0] === 'header' && !/^\w*=/.test(word)) last[1] += `,${word}`;
    else parts.push([name, values.join('=')]);
  }
  return parts;
}
