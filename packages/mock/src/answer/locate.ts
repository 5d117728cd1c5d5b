import { createConsent } from '../consent/routes.ts';
import { createRouter } from '../contract/router.ts';
import type { Control } from '../control/routes.ts';
import { type Answer, type MockRequest, refuse } from '../http/message.ts';
import type { SessionStore } from '../service/session.ts';
import type { Endpoint, Located } from './exchange.ts';

/** Finds the operation of a request. Answers requests to the mock's own routes, and those that have no operation. */
export type Locate = (request: MockRequest, path: string) => Answer | Located;

const compressed = refuse(415, 'The body is compressed. Send it without Content-Encoding.', {
  headers: { 'accept-encoding': 'identity' },
});

export function createLocate(endpoints: readonly Endpoint[], control: Control, sessions: SessionStore): Locate {
  const byOperation = new Map(endpoints.map((endpoint) => [endpoint.operation, endpoint]));
  const router = createRouter([...byOperation.keys()]);
  const consent = createConsent(sessions);

  return (request, path) => {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    if (request.tooLarge) return refuse(413, 'The body is larger than 1 MB.');
    if (isCompressed(request)) return compressed;
    if (request.target === '*') return wrongMethod(method, ['GET', 'POST']);
    if (!isWellFormed(path)) return refuse(400, 'The path contains a malformed percent escape.');
    const own = control(path);
    if (own) return own[method]?.(request) ?? wrongMethod(method, Object.keys(own));
    const match = router.match(path);
    if (!match) {
      const page = consent(path);
      if (page) return ['GET', 'POST'].includes(method) ? page(request) : wrongMethod(method, ['GET', 'POST']);
      const suggestion = router.suggest(path);
      return refuse(404, suggestion === undefined ? 'No such path.' : `No such path. Did you mean ${suggestion} ?`);
    }
    const { operations } = match.route;
    const operation = operations.get(request.method) ?? operations.get(method);
    const endpoint = operation && byOperation.get(operation);
    return endpoint ? { endpoint, match } : wrongMethod(request.method, operations.keys());
  };
}

/** 405, or the answer to `OPTIONS`. `HEAD` and `OPTIONS` need not be among the methods. */
function wrongMethod(method: string, methods: Iterable<string>): Answer {
  const all = new Set(methods);
  if (all.has('GET')) all.add('HEAD');
  const headers = { allow: [...all.add('OPTIONS')].join(', ') };
  if (method === 'OPTIONS') return { status: 204, headers, body: undefined };
  return refuse(405, `Method "${method}" not allowed.`, { headers });
}

function isWellFormed(path: string): boolean {
  if (!path.includes('%')) return true;
  try {
    return decodeURIComponent(path) !== ''; // the bundler removes a call whose value is not used
  } catch {
    return false;
  }
}

function isCompressed({ headers, body }: MockRequest): boolean {
  const encoding = headers['content-encoding'];
  return encoding !== undefined && body.length > 0 && encoding.trim().toLowerCase() !== 'identity';
}
