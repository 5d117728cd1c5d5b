// The service that everything is measured against: a process of its own with constant answers.
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { tokenDelayMs: { type: 'string', default: '0' } } });

const decision = JSON.stringify({
  session_id: 'unique-session-identifier',
  session_number: 12345,
  status: 'Confirmed',
  vendor_data: 'optional-vendor-data',
  scope: 'picture names email phone',
  user_data: {
    sub: 'user-unique-identifier',
    email: { email: 'alejandro.rosas@example.com', is_verified: true, is_primary: true },
    phone: { phone_number: '+34123456789', is_verified: true, is_primary: true },
    picture: 'https://example.com/picture.png',
    names: { first_name: 'John', family_name: 'Doe', full_name: 'John Doe', is_verified: true },
  },
  created_at: '2024-08-01T10:30:00.000Z',
});

let tokensIssued = 0;
let valid = '';

const server = createServer((request, response) => {
  const answer = (status: number, body: string) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  };
  if (request.url === '/auth/v2/token/') {
    tokensIssued += 1;
    valid = `token-${tokensIssued}`;
    const body = JSON.stringify({ access_token: valid, expires_in: 86_400 });
    request.resume();
    setTimeout(() => answer(200, body), Number(values.tokenDelayMs));
  } else if (request.url === '/control/revoke') {
    valid = 'nobody has this';
    answer(200, '{}');
  } else if (request.url === '/control/count') {
    answer(200, JSON.stringify({ tokensIssued }));
  } else if (valid !== '' && request.headers.authorization !== `Bearer ${valid}`) {
    answer(401, '{"detail":"The token is invalid or has expired."}');
  } else {
    answer(200, decision);
  }
});

server.keepAliveTimeout = 0; // a connection that is kept is never closed under a request
server.listen({ port: 0, host: '127.0.0.1', backlog: 16_384 }, () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.(address.port);
});
process.once('disconnect', () => process.exit());
