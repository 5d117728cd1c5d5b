// The service that all candidates call: a process of its own with constant answers.
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { parseArgs } from 'node:util';
import { decisions } from './bodies.ts';

const { values } = parseArgs({
  options: {
    tokenDelayMs: { type: 'string', default: '0' },
    refusalGapMs: { type: 'string', default: '0' },
    tls: { type: 'boolean', default: false },
  },
});

let tokensIssued = 0;
let generation = 1;
let refusals = 0;

const listener: RequestListener = (request, response) => {
  const answer = (status: number, body: string) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  };
  const { url = '', headers } = request;
  if (url === '/auth/v2/token/') {
    tokensIssued += 1;
    const body = JSON.stringify({ access_token: `token-${generation}`, token_type: 'Bearer', expires_in: 86_400 });
    request.resume();
    setTimeout(() => answer(200, body), Number(values.tokenDelayMs));
  } else if (url === '/control/revoke') {
    generation += 1;
    answer(200, '{}');
  } else if (url === '/control/count') {
    answer(200, JSON.stringify({ tokensIssued }));
  } else if (headers.authorization !== `Bearer token-${generation}`) {
    refusals += 1;
    const refuse = () => answer(401, '{"detail":"The token is invalid or has expired."}');
    setTimeout(refuse, refusals * Number(values.refusalGapMs));
  } else {
    const body = decisions[url.split('/')[4] ?? ''];
    if (body) answer(200, body);
    else answer(404, '{"detail":"Not found."}');
  }
};

const identity = values.tls ? await ownIdentity() : undefined;
const server = identity ? createHttpsServer(identity, listener) : createHttpServer(listener);
server.keepAliveTimeout = 0; // so that the service never closes an idle connection that a call is about to use
server.listen({ port: 0, host: '127.0.0.1', backlog: 16_384 }, () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.({ port: address.port, certificate: identity?.cert });
});
process.once('disconnect', () => process.exit());

/** Only the bench installs the package that makes certificates, so the compiler does not know it. */
async function ownIdentity(): Promise<{ readonly key: string; readonly cert: string }> {
  const { selfSigned } = await import(new URL('../../peers/src/certificate.ts', import.meta.url).href);
  return selfSigned();
}
