import { type Answer, refuse } from './http.ts';
import type { SessionStore } from './sessions.ts';

/** Routes that are the mock's own and in no contract, by path. */
export type Control = (path: string) => (() => Answer) | undefined;

const authorize = /^\/authorize\/([^/]+)\/?$/;

const page = (sessions: SessionStore, token: string): Answer => {
  const session = sessions.withToken(token);
  if (!session) return refuse(404, 'Not found.');
  const text = [
    `Session ${session.id} is ${session.status}.`,
    `It asks for: ${session.requestedScopes.join(', ')}.`,
    'The person is played by the scenario, or by a test with mock.sessions.get(id).',
  ].join('\n');
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: text,
  };
};

export const createControl =
  (sessions: SessionStore): Control =>
  (path) => {
    if (path === '/__mock/health') return () => ({ status: 200, body: { status: 'ok' } });
    const token = authorize.exec(path)?.[1];
    return token === undefined ? undefined : () => page(sessions, decodeURIComponent(token));
  };
