import { createHash, timingSafeEqual } from 'node:crypto';
import { type Fault, faultKinds } from '../faults/fault.ts';
import { type Answer, type MockRequest, refuse } from '../http/message.ts';
import type { Controls } from './controls.ts';

type Route = (request: MockRequest) => Answer;

/** Routes that are the mock's own and in no contract, by path and method. */
export type Control = (path: string) => Readonly<Record<string, Route>> | undefined;

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** The control routes; all but health are for this machine only, or for who has the token. */
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

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** A page that a browser on this machine has open must not steer the mock: neither under a name of its own nor across origins. */
function isFromHere({ local, headers }: MockRequest): boolean {
  const { host = '', origin } = headers;
  return local && loopbackHost.test(host) && (origin === undefined || origin === `http://${host}`);
}

function refusal(request: MockRequest, token: string | undefined): Answer | undefined {
  if (token === undefined) {
    if (isFromHere(request)) return undefined;
    return refuse(
      403,
      'Control routes answer this machine only, under a loopback address. Set controlToken for others.',
    );
  }
  const given = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  if (given !== undefined && isSame(given, token)) return undefined;
  return refuse(401, 'Control routes need Authorization: Bearer with the control token.', {
    headers: { 'www-authenticate': 'Bearer' },
  });
}

function objectOf({ body }: MockRequest): Record<string, unknown> {
  const value: unknown = JSON.parse(body.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('must be a JSON object');
  return { ...value };
}

function wholeNumber(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(name) ?? String(usual);
  if (!/^\d{1,15}$/.test(text)) throw new TypeError(`${name} must be a whole number.`);
  return Number(text);
}

/** What cannot be read or done is the caller's mistake: 400 with what is wrong. */
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
        if (limit < 1 || limit > 1_000) throw new RangeError('limit must be from 1 to 1000.');
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
        if (set !== undefined && typeof set !== 'number' && typeof set !== 'string')
          throw new TypeError('set: no moment.');
        if (set === undefined) clock.advance(by);
        else clock.set(set, by);
        return time();
      },
    },
    '/__mock/faults': {
      GET: () => ok(faults.list()),
      POST: (request) => {
        const { operationId, ...fault } = objectOf(request);
        if (typeof operationId !== 'string')
          throw new TypeError(`operationId is missing. Kinds: ${faultKinds.join(', ')}.`);
        const { id } = mock.fault(operationId, fault as unknown as Fault); // checked there
        return { status: 201, body: { id } };
      },
      DELETE: () => {
        mock.clearFaults();
        return nothing();
      },
    },
  };
}
