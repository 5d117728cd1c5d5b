// Calls a service that answers with broken responses, and prints every place where an error shows what it must not.
import { argv, stdout } from 'node:process';
import { inspect } from 'node:util';
import { createClient } from '@didit-data/client';
import { undiciFetch } from '@didit-data/client/undici';

const { baseUrl, shapes, secrets } = JSON.parse(argv[2]);
const { clientId, clientSecret, sessionToken, vendorData } = secrets;
const session = { session_id: 's-1', session_token: sessionToken };
const path = '/auth/v2/session/{session_id}/decision/';

/** What must not be seen, also as the bytes that `inspect` writes. */
const canaries = Object.entries(secrets)
  .filter(([name]) => name !== 'clientId')
  .flatMap(([name, text]) => [
    [name, text],
    [name, [...Buffer.from(text.slice(0, 6))].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')],
    [name, [...Buffer.from(text.slice(0, 6))].join(', ')],
  ]);

const calls = {
  decision: (didit) => didit.sessions.decision('s-1'),
  create: (didit) => didit.sessions.create({ scope: ['names'], vendor_data: vendorData }),
  status: (didit) => didit.sessions.status(session),
  raw: async (didit) => {
    const { data, error } = await didit.raw.GET(path, { params: { path: { session_id: 's-1' } } });
    // What the service says in an error is passed on by raw; a broken one says nothing.
    return data === undefined ? Promise.reject(Object.assign(new Error('an error status'), { error })) : data;
  },
  wait: (didit) => didit.sessions.waitForDecision(session, { intervalMs: 5, timeoutMs: 60 }),
  decisions: async (didit) => {
    for await (const { error } of didit.sessions.decisions(['s-1'])) if (error) throw error;
  },
};

/** All the ways in which an error may be shown. */
function* viewsOf(error) {
  yield ['inspect', inspect(error, { depth: 12 })];
  yield ['inspect with hidden members', inspect(error, { depth: 12, showHidden: true })];
  yield ['JSON', JSON.stringify(error)];
  yield ['structuredClone', inspect(structuredClone(error), { depth: 12, showHidden: true })];
  for (let link = error, depth = 0; link !== undefined && depth < 12; link = link.cause, depth += 1) {
    yield [`message ${depth}`, String(link.message)];
    yield [`stack ${depth}`, String(link.stack)];
  }
}

function leaksOf(error) {
  return [...viewsOf(error)].flatMap(([view, text]) =>
    canaries.filter(([, canary]) => text.includes(canary)).map(([name]) => `${name} in ${view}`),
  );
}

const failureOf = (promise) =>
  promise.then(
    () => undefined,
    (error) => error,
  );

const transport = undiciFetch();
const outcomes = [];
for (const shape of shapes) {
  // What the platform itself shows of this shape: proof that there is something to find.
  const bare = await failureOf(fetch(`${baseUrl}/api/${shape}/x`).then((response) => response.text()));
  outcomes.push({ shape, transport: 'none', call: 'fetch', leaks: bare ? leaksOf(bare) : [] });

  for (const [name, options] of Object.entries({ fetch: {}, undici: { fetch: transport } })) {
    const common = { clientId, clientSecret, maxRetries: 0, timeoutMs: 3_000, ...options };
    const broken = createClient({ ...common, baseUrl: `${baseUrl}/api/${shape}` });
    for (const [call, send] of Object.entries(calls)) {
      const error = await failureOf(send(broken));
      outcomes.push({ shape, transport: name, call, error: error?.name, leaks: error ? leaksOf(error) : [] });
    }
    const noToken = createClient({ ...common, baseUrl: `${baseUrl}/token/${shape}` });
    const error = await failureOf(noToken.sessions.decision('s-1'));
    outcomes.push({ shape, transport: name, call: 'token', error: error?.name, leaks: error ? leaksOf(error) : [] });
  }
}
await transport.close();
stdout.write(JSON.stringify(outcomes));
