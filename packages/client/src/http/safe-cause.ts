import { redact } from '../errors/wording.ts';
import { withoutSent } from './without-sent.ts';

/** Deeper causes are left out; a chain may be circular. */
const longestChain = 8;

/** What an error shows of its cause. */
export type SafeCause = Error & { readonly code?: string };

/**
 * Rebuilds an error of the platform, or of a caller's `fetch`, and all its causes, from what is harmless: class, name,
 * message, the frames of the stack, `code`, `syscall`, `errno`, `address` and `port`. Such an error may hold received
 * bytes, the request, the response or the socket in any property, and its message may quote what was sent or received.
 *
 * @returns nothing when the thrown value is neither an error nor a string
 */
export function safeCause(thrown: unknown, request: Request): SafeCause | undefined {
  const hide = (text: string) => withoutSent(text, request);
  return rebuilt(thrown, { hide, clean: (text) => redact(hide(withoutQuotes(text))) }, 0);
}

interface Cleaning {
  /** Removes what was sent. */
  hide(text: string): string;
  /** Removes what was sent, and what may have been received. */
  clean(text: string): string;
}

/** An error of another realm, as in Jest, is not an instance of this one's `Error`. */
interface ErrorLike {
  readonly name?: unknown;
  readonly message: string;
  readonly stack?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly errno?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
}

const classes: Readonly<Record<string, ErrorConstructor>> = { TypeError, RangeError, SyntaxError, ReferenceError };

interface SafeMembers {
  readonly code?: string;
  readonly syscall?: string;
  readonly errno?: number;
  readonly address?: string;
  readonly port?: number;
}

/** A quotation in a message may be a part of a body: removes everything from the first quote to the last. */
function withoutQuotes(message: string): string {
  return message
    .replace(/["“`].*(?:["”`]|$)/s, '"…"')
    .replace(/\{.*(?:\}|$)/s, '{…}')
    .replace(/<.*(?:>|$)/s, '<…>')
    .replace(/(?<![\p{L}\p{N}])'.*'(?![\p{L}\p{N}])/su, "'…'");
}

function rebuilt(thrown: unknown, cleaning: Cleaning, depth: number): SafeCause | undefined {
  if (depth >= longestChain) return undefined;
  try {
    if (typeof thrown === 'string') return withStack(new Error(cleaning.clean(thrown)), '');
    return isErrorLike(thrown) ? rebuiltError(thrown, cleaning, depth) : undefined;
  } catch {
    return undefined; // a getter threw
  }
}

function isErrorLike(thrown: unknown): thrown is ErrorLike {
  return typeof thrown === 'object' && thrown !== null && typeof (thrown as ErrorLike).message === 'string';
}

function rebuiltError(thrown: ErrorLike, cleaning: Cleaning, depth: number): SafeCause {
  const { clean } = cleaning;
  const { name, message, stack, errors } = thrown;
  const members = safeMembers(thrown, cleaning);
  // A system's own message consists of these members alone: there is nothing to remove.
  const { syscall, code, address, port } = members;
  const ofSystem = [syscall, code, address && (port === undefined ? address : `${address}:${port}`)].filter(Boolean);
  const text = message === ofSystem.join(' ') ? message : clean(message);

  const inner = rebuilt(thrown.cause, cleaning, depth + 1);
  const options = inner && { cause: inner };
  const named = typeof name === 'string' && /^[A-Za-z]\w{0,63}$/.test(name) && clean(name) === name ? name : 'Error';
  const error = Array.isArray(errors)
    ? new AggregateError(
        errors.slice(0, longestChain).flatMap((each) => rebuilt(each, cleaning, depth + 1) ?? []),
        text,
        options,
      )
    : new (classes[named] ?? Error)(text, options);
  if (error.name !== named) {
    Object.defineProperty(error, 'name', { value: named, configurable: true, writable: true });
  }
  return withStack(Object.assign(error, members), framesOf(stack, message, cleaning));
}

function safeMembers({ code, syscall, errno, address, port }: ErrorLike, { hide, clean }: Cleaning): SafeMembers {
  const isText = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value);
  return {
    ...(isCode(code) && hide(code) === code && { code }),
    ...(isText(syscall, /^[a-z]{2,16}$/) && clean(syscall) === syscall && { syscall }),
    ...(Number.isInteger(errno) && { errno: errno as number }),
    ...(isText(address, /^(\d{1,3}(\.\d{1,3}){3}|[\da-f:]*:[\da-f:.]+)$/i) && { address }),
    ...(Number.isInteger(port) && { port: port as number }),
  };
}

/** Whether a code is one that runtimes and OpenSSL use: words in capitals, or one short name. */
function isCode(code: unknown): code is string {
  return (
    typeof code === 'string' && /^([A-Z][A-Z\d]*(_[A-Z\d/]{1,24})*|[A-Za-z]{2,24})$/.test(code) && code.length < 64
  );
}

/** The frames of a stack, which name places in code; the rest may be a message. */
function framesOf(stack: unknown, message: string, { hide }: Cleaning): string {
  if (typeof stack !== 'string') return '';
  return stack
    .slice(stack.includes(message) ? stack.indexOf(message) + message.length : 0)
    .split('\n')
    .filter((line) => /^ {4}at [^"{}]+(:\d+:\d+|<anonymous>)\)?$/.test(line) && hide(line) === line)
    .map((line) => `\n${line}`)
    .join('');
}

function withStack<E extends Error>(error: E, frames: string): E {
  const value = `${error.name}: ${error.message}${frames}`;
  return Object.defineProperty(error, 'stack', { value, configurable: true, writable: true });
}
