import { checkOption } from '../errors.ts';

export const faultKinds = [
  'status',
  'delay',
  'hang',
  'reset',
  'empty',
  'truncate',
  'malformed',
  'html',
  'wrong-content-type',
  'slow-drip',
  'schema-violation',
] as const;
/** What can go wrong with an answer. */
export type FaultKind = (typeof faultKinds)[number];

/**
 * A fault to play on an operation. `status`, `hang`, `reset`, `empty` and `html` replace the answer: the operation does
 * not run. The others change its answer.
 */
export interface Fault {
  readonly kind: FaultKind;
  /** How often it plays; then it is removed. Default: until it is cleared. */
  readonly times?: number | undefined;
  /** From 0 to 1: the share of requests that it plays on. Default: 1. */
  readonly probability?: number | undefined;
  /**
   * Milliseconds to wait before anything is sent. For `slow-drip`: how long the body takes. Default: 1 000 for `delay`
   * and `slow-drip`, otherwise 0.
   */
  readonly ms?: number | undefined;
  /** For `status` (required) and `html`: from 200 to 599. Default for `html`: 502. */
  readonly status?: number | undefined;
  /** For `status` and `html`: more headers, which can replace the content type. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** For `status`, `html` and `malformed`: a string, or for `status` any JSON value. */
  readonly body?: unknown;
}

/** A fault that was added. */
export interface FaultHandle {
  readonly id: number;
  /** How often it has played. */
  readonly played: number;
  /** Removes the fault, whether it has played or not. */
  clear(): void;
}

const members = ['kind', 'times', 'probability', 'ms', 'status', 'headers', 'body'];
const membersOf = { status: ['status', 'html'], headers: ['status', 'html'], body: ['status', 'html', 'malformed'] };
const framing = ['content-length', 'transfer-encoding', 'connection'];

/**
 * Checks a fault, which can be any JSON value when it comes over HTTP.
 *
 * @throws {MockOptionsError} when the fault is invalid
 */
export function checkFault(fault: Fault): Fault {
  check(typeof fault === 'object' && fault !== null, 'it must be an object.');
  const unknown = Object.keys(fault).find((name) => !members.includes(name));
  check(unknown === undefined, `it has no ${unknown}. It has: ${members.join(', ')}.`);
  const { kind, times = 1, probability = 1, ms = 0, status, headers = {}, body } = fault;
  check(faultKinds.includes(kind), `kind must be one of: ${faultKinds.join(', ')}.`);
  check(Number.isSafeInteger(times) && times > 0, 'times must be a whole number above 0.');
  check(typeof probability === 'number' && probability >= 0 && probability <= 1, 'probability must be from 0 to 1.');
  check(Number.isSafeInteger(ms) && ms >= 0 && ms < 2 ** 31, 'ms must be a whole number of milliseconds, 0 or above.');
  for (const [name, kinds] of Object.entries(membersOf)) {
    const isAllowed = Reflect.get(fault, name) === undefined || kinds.includes(kind);
    check(isAllowed, `${kind} has no ${name}. Only ${kinds.join(', ')} have it.`);
  }
  check(kind !== 'status' || status !== undefined, 'the kind status needs the status to answer.');
  const inRange = status === undefined || (Number.isInteger(status) && status >= 200 && status <= 599);
  check(inRange, 'status must be a whole number from 200 to 599.');
  check(isHeaders(headers), `headers must be names and values that HTTP allows, and none of ${framing.join(', ')}.`);
  check(body === undefined || isJson(body), 'body must be a value that JSON can hold.');
  check(kind === 'status' || body === undefined || typeof body === 'string', `body of ${kind} must be a string.`);
  return fault;
}

function check(condition: boolean, message: string): void {
  checkOption(condition, `Invalid fault: ${message}`);
}

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

function isHeaders(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(
      ([name, text]) =>
        !framing.includes(name.toLowerCase()) &&
        /^[\w!#$%&'*+.^`|~-]+$/.test(name) &&
        typeof text === 'string' &&
        /^[\t -~\x80-\xff]*$/.test(text),
    )
  );
}
