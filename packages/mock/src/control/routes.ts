import { hash, timingSafeEqual } from 'node:crypto';
import { type Fault, faultKinds } from '../faults/fault.ts';
import { type Answer, type MockRequest, refuse } from '../http/message.ts';
import type { Controls } from './controls.ts';

type Route = (request: MockRequest) => Answer;

/** The control routes of a path, by method. They are not in the contract. */
export type Control = (path: string) => Readonly<Record<string, Route>> | undefined;

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Makes the control routes. All except health require the token, or without a token a request from this machine. */
export function createControl(controls: Controls, token: string | undefined): Control {
  const routes = createRoutes(controls);

  const oneFault = (path: string): Readonly<Record<string, Route>> | undefined => {
    const id = /^\/__mock\/faults\/(\d{1,15})$/.exec(path)?.[1];
    if (id === undefined) return undefined;
    return { DELETE: () => (controls.faults.delete(Number(id)) ? nothing() : refuse(404, 'No such fault.')) };
  };

  return (path) => {
    if (path === '/__mock/health') return { GET: () => ok({ status: 'ok' }) };
    const found = Object.hasOwn(routes, path) ? routes[path] : oneFault(path);
    if (!found) return undefined;
    const admitted = Object.entries(found).map(([method, route]): [string, Route] => [
      method,
      (request) => refusal(request, token) ?? guarded(route)(request),
    ]);
    return Object.fromEntries(admitted);
  };
}

function ok(body: unknown): Answer {
  return { status: 200, headers: { 'cache-control': 'no-store' }, body };
}

function nothing(): Answer {
  return { status: 204, body: undefined };
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}

/** A web page in a browser on this machine must not control the mock, neither under its own host name nor across origins. */
function isFromHere({ local, headers }: MockRequest): boolean {
  const { host = '', origin } = headers;
  return local && loopbackHost.test(host) && (origin === undefined || origin === `http://${host}`);
}

function refusal(request: MockRequest, token: string | undefined): Answer | undefined {
  if (token === undefined) {
    if (isFromHere(request)) return undefined;
    return refuse(
      403,
      'Control routes answer only this machine, under a loopback address. Set controlToken to allow others.',
    );
  }
  const given = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  if (given !== undefined && isSame(given, token)) return undefined;
  return refuse(401, 'Control routes require Authorization: Bearer with the control token.', {
    headers: { 'www-authenticate': 'Bearer' },
  });
}

function objectOf({ body }: MockRequest): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // not JSON
  }
  throw new TypeError('The body must be a JSON object.');
}

function wholeNumber(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(name) ?? String(usual);
  if (!/^\d{1,15}$/.test(text)) throw new TypeError(`${name} must be a whole number.`);
  return Number(text);
}

/** Answers 400 with the message of what the route throws. */
function guarded(route: Route): Route {
  return (request) => {
    try {
      return route(request);
    } catch (error) {
      return refuse(400, error instanceof Error ? error.message : String(error));
    }
  };
}

function createRoutes(controls: Controls): Readonly<Record<string, Readonly<Record<string, Route>>>> {
  const { mock, clock, faults } = controls;
  const time = (): Answer => ok({ now: clock.now(), iso: new Date(clock.now()).toISOString() });
  return {
    '/__mock/state': {
      GET: ({ target }) => {
        const query = new URLSearchParams(target.split('?')[1]);
        const limit = wholeNumber(query, 'limit', 100);
        if (limit < 1 || limit > 1_000) throw new RangeError('limit must be from 1 to 1 000.');
        return ok(controls.state(limit, wholeNumber(query, 'after', 0)));
      },
    },
    '/__mock/reset': {
      POST: () => {
        mock.reset();
        return nothing();
      },
    },
    '/__mock/requests': { GET: () => ok(mock.requests) },
    '/__mock/coverage': { GET: () => ok(mock.coverage()) },
    '/__mock/clock': {
      GET: time,
      POST: (request) => {
        const { set, ...by } = objectOf(request);
        if (set === undefined) clock.advance(by);
        else if (typeof set === 'number' || typeof set === 'string') clock.set(set, by);
        else throw new TypeError('`set` must be a timestamp or an ISO date.');
        return time();
      },
    },
    '/__mock/faults': {
      GET: () => ok(faults.list()),
      POST: (request) => {
        const { operationId, ...fault } = objectOf(request);
        if (typeof operationId !== 'string') {
          throw new TypeError(`operationId must be a string. kind must be one of: ${faultKinds.join(', ')}.`);
        }
        const { id } = mock.fault(operationId, fault as unknown as Fault); // checks the fault
        return { status: 201, body: { id } };
      },
      DELETE: () => {
        mock.clearFaults();
        return nothing();
      },
    },
  };
}
