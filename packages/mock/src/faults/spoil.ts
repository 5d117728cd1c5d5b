import { type Answer, bodyless, type Delivery, type MockResponse, refuse } from '../http/message.ts';
import type { Fault } from './fault.ts';

/** Whether the fault sends nothing. */
export function isSilent({ kind }: Fault): boolean {
  return ['hang', 'reset', 'empty'].includes(kind);
}

/** Whether the answer that the fault sends is still one of the contract. */
export function keepsContract(fault: Fault): boolean {
  return ['status', 'delay', 'slow-drip'].includes(fault.kind);
}

/** The answer of a fault that replaces the operation; `undefined` when the operation itself has to answer. */
export function substitute({ kind, status = 502, headers, body }: Fault): Answer | undefined {
  switch (kind) {
    case 'status': {
      const usual = bodyless.includes(status) ? undefined : refuse(status, `A fault of the mock: ${status}.`).body;
      const type = typeof body === 'string' ? { 'content-type': 'text/plain; charset=utf-8' } : {};
      return { status, headers: { ...type, ...headers }, body: body === undefined ? usual : body };
    }
    case 'html':
      return { status, headers: { 'content-type': 'text/html', ...headers }, body: body ?? page(status) };
    case 'hang':
    case 'reset':
    case 'empty':
      return { status: 200, body: undefined };
    default:
      return undefined;
  }
}

/**
 * Changes an answer, and how it is delivered, as the fault says.
 *
 * @param released ends the waits of the delivery
 */
export function spoil(response: MockResponse, fault: Fault, released: AbortSignal): MockResponse {
  const spoiled = { ...response, delivery: deliveryOf(fault, released) };
  if (fault.kind === 'wrong-content-type') {
    return { ...spoiled, headers: { ...response.headers, 'content-type': 'text/plain; charset=utf-8' } };
  }
  if (fault.kind === 'malformed') {
    const cut = response.body.slice(0, Math.max(1, response.body.length - 1)); // JSON without its last brace
    return { ...spoiled, body: typeof fault.body === 'string' ? fault.body : cut };
  }
  return spoiled;
}

/** Variants of a body that may violate the contract: a member of another type, a member missing, no object at all. */
export function* violations(body: unknown): Generator<unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    for (const [name, value] of Object.entries(body)) {
      yield { ...body, [name]: typeof value === 'string' ? 42 : 'not what the contract says' };
    }
    for (const name of Object.keys(body)) {
      yield Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
    }
  }
  yield [];
  yield 42;
}

/** The page of a proxy that cannot reach the service. */
function page(status: number): string {
  return `<html>\r\n<head><title>${status}</title></head>\r\n<body><center><h1>${status}</h1></center></body>\r\n</html>\r\n`;
}

function deliveryOf({ kind, ms }: Fault, released: AbortSignal): Delivery {
  switch (kind) {
    case 'delay':
      return { how: 'whole', waitMs: ms ?? 1_000, released };
    case 'slow-drip':
      return { how: 'drip', waitMs: 0, bodyMs: ms ?? 1_000, released };
    case 'hang':
    case 'reset':
    case 'empty':
    case 'truncate':
      return { how: kind, waitMs: ms ?? 0, released };
    default:
      return { how: 'whole', waitMs: ms ?? 0, released };
  }
}
