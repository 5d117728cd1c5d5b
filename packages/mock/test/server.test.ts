import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mock, startMock } from '../src/index.ts';
import { basic, createSession, form, open, requestToken, send, sendRaw } from './helpers.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

describe('paths', () => {
  test('both forms of the session path', async () => {
    expect((await createSession(mock, { scope: 'names' }, '/auth/v2/session')).status).toBe(200);
    expect((await createSession(mock, { scope: 'names' }, '/auth/v2/session/')).status).toBe(200);
  });

  test.each([
    ['/auth/v2/token', '/auth/v2/token/'],
    ['/auth/v2/token//', '/auth/v2/token/'],
    ['/auth//v2/session', '/auth/v2/session'],
    ['/auth/v2/session//', '/auth/v2/session'],
    ['/auth/v2/session/abc/status', '/auth/v2/session/abc/status/'],
    ['/auth/v2/session/abc/decision//', '/auth/v2/session/abc/decision/'],
  ])('%s: 404 with the right path', async (path, right) => {
    const { status, body } = await send(mock, path, { headers: key() });
    expect([status, body]).toEqual([404, { detail: `No such path. Did you mean ${right} ?` }]);
  });

  test.each(['/', '/auth/v3/token/', '/auth/v2/session/abc/', '/AUTH/V2/TOKEN/', '/__mock/nothing'])(
    '%s: 404',
    async (path) => {
      const { status, body } = await send(mock, path);
      expect([status, body]).toEqual([404, { detail: 'No such path.' }]);
    },
  );

  test('a query changes nothing', async () => {
    const { id } = await open(mock, 'names');
    const { status } = await send(mock, `/auth/v2/session/${id}/decision/?a=1&a=2&%zz`, { headers: key() });
    expect(status).toBe(200);
  });

  test.each(['%E0%A4%A', '%', '%zz', '%c0%ae'])('the escape %s: 400, and the mock continues', async (id) => {
    for (const path of [`/auth/v2/session/${id}/decision/`, `/authorize/${id}`, `/${id}`]) {
      const answer = await sendRaw(mock, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 400 .*malformed percent escape/s);
    }
    expect((await send(mock, '/__mock/health')).status).toBe(200);
  });

  test.each(['..', '.', '%2e%2e', '%2f'])(
    'the id %s, as it is on the wire, is a session that does not exist',
    async (id) => {
      const head = `Host: x\r\nX-Api-Key: ${mock.clientSecret}\r\nConnection: close\r\n\r\n`;
      expect(await sendRaw(mock, `GET /auth/v2/session/${id}/decision/ HTTP/1.1\r\n${head}`)).toMatch(
        /^HTTP\/1\.1 404 .*\{"detail":"Not found\."\}/s,
      );
    },
  );

  test('the absolute form of a request', async () => {
    const answer = await sendRaw(mock, 'GET http://x/__mock/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*\{"status":"ok"\}/s);
  });
});

describe('methods', () => {
  test.each([
    ['GET', '/auth/v2/token/', 'POST, OPTIONS'],
    ['HEAD', '/auth/v2/session', 'POST, OPTIONS'],
    ['DELETE', '/auth/v2/session/', 'POST, OPTIONS'],
    ['PUT', '/auth/v2/session/abc/decision/', 'GET, HEAD, OPTIONS'],
    ['POST', '/__mock/health', 'GET, HEAD, OPTIONS'],
  ])('%s %s: 405 with Allow', async (method, path, allow) => {
    const { status, headers } = await send(mock, path, { method });
    expect([status, headers.get('allow')]).toEqual([405, allow]);
  });

  test.each([
    ['/auth/v2/token/', 'POST, OPTIONS'],
    ['/auth/v2/session/abc/status/', 'GET, HEAD, OPTIONS'],
    ['/__mock/health', 'GET, HEAD, OPTIONS'],
  ])('OPTIONS %s: 204 with Allow, without a credential', async (path, allow) => {
    const { status, headers, text } = await send(mock, path, { method: 'OPTIONS' });
    expect([status, headers.get('allow'), text]).toEqual([204, allow, '']);
  });

  test('OPTIONS *', async () => {
    expect(await sendRaw(mock, 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 204 /,
    );
  });

  test('HEAD is GET without the body', async () => {
    const { id } = await open(mock, 'names');
    const path = `/auth/v2/session/${id}/decision/`;
    const get = await send(mock, path, { headers: key() });
    const head = await send(mock, path, { method: 'HEAD', headers: key() });
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(get.text)));
    expect((await send(mock, path, { method: 'HEAD' })).status).toBe(403);
  });

  test('health', async () => {
    const { status, body } = await send(mock, '/__mock/health');
    expect([status, body]).toEqual([200, { status: 'ok' }]);
  });
});

describe('bodies', () => {
  const post = (body: BodyInit, type: string | undefined = 'application/json') =>
    send(mock, '/auth/v2/session', {
      method: 'POST',
      headers: { ...key(), ...(type && { 'content-type': type }) },
      body,
    });

  test.each(['{', '{"scope":}', 'names', "{'scope':'names'}", '{"scope":"names",}'])(
    'malformed JSON %s: 400',
    async (body) => {
      const reply = await post(body);
      expect([reply.status, reply.body]).toEqual([400, { detail: expect.stringMatching(/not valid JSON/) }]);
    },
  );

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'nonsense'])('%s: 400', async (type) => {
    const reply = await post('{"scope":"names"}', type);
    expect([reply.status, reply.body]).toEqual([
      400,
      { detail: expect.stringMatching(/Unsupported media type.*json/) },
    ]);
  });

  test('no content type, with and without a length', async () => {
    expect((await post(new Uint8Array(Buffer.from('{"scope":"names"}')), '')).status).toBe(400);
    const head = `POST /auth/v2/session HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${mock.clientSecret}\r\nConnection: close\r\n`;
    const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`;
    expect(await sendRaw(mock, chunked)).toMatch(/^HTTP\/1\.1 400 .*Unsupported media type/s);
  });

  test('no body: 400', async () => {
    expect((await post('')).status).toBe(400);
    expect((await post('', 'nonsense')).status).toBe(400);
  });

  test('a body on GET: 400', async () => {
    const head = `Host: x\r\nX-Api-Key: ${mock.clientSecret}\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`;
    expect(await sendRaw(mock, `GET /auth/v2/session/a/decision/ HTTP/1.1\r\n${head}`)).toMatch(/^HTTP\/1\.1 400 /);
  });

  test.each(['gzip', 'br', 'deflate', 'gzip, identity'])('a body in %s: 415 that says so', async (encoding) => {
    const head = `Host: x\r\nX-Api-Key: ${mock.clientSecret}\r\nConnection: close\r\nContent-Encoding: ${encoding}\r\n`;
    const type = 'Content-Type: application/json\r\nContent-Length: 17\r\n\r\n{"scope":"names"}';
    expect(await sendRaw(mock, `POST /auth/v2/session HTTP/1.1\r\n${head}${type}`)).toMatch(
      /^HTTP\/1\.1 415 .*accept-encoding: identity.*The body is compressed\. Send it without Content-Encoding\./is,
    );
  });

  test('Content-Encoding: identity is accepted', async () => {
    const headers = { ...key(), 'content-type': 'application/json', 'content-encoding': 'identity' };
    const { status } = await send(mock, '/auth/v2/session', { method: 'POST', headers, body: '{"scope":"names"}' });
    expect(status).toBe(200);
  });

  test.each([2, 12])('%i MB: 413', async (megabytes) => {
    const { status, body } = await post('x'.repeat(megabytes * 1024 * 1024));
    expect([status, body]).toEqual([413, { detail: 'The body is larger than 1 MB.' }]);
  });

  test('just under 1 MB is accepted; deep nesting does no harm', async () => {
    const envelope = '{"scope":"names","vendor_data":""}';
    const large = envelope.replace('""', `"${'v'.repeat(1024 * 1024 - envelope.length)}"`);
    expect(large.length).toBe(1024 * 1024);
    expect((await post(large)).status).toBe(200);
    expect((await post(`${large} `)).status).toBe(413);
    expect((await post(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).status).toBe(400);
  });

  test('a sender that disconnects in the middle', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(mock.port, '127.0.0.1', () => {
        socket.write('POST /auth/v2/token/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ngrant', () =>
          socket.destroy(),
        );
      });
      socket.on('close', () => resolve());
    });
    expect((await send(mock, '/__mock/health')).status).toBe(200);
  });

  test('10 000 bytes of headers, and bytes that are not HTTP', async () => {
    expect((await send(mock, '/__mock/health', { headers: { 'x-filler': 'f'.repeat(10_000) } })).status).toBe(200);
    expect(await sendRaw(mock, 'not http\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect((await send(mock, '/__mock/health')).status).toBe(200);
  });
});

describe('in parallel', () => {
  test('100 flows do not mix', async () => {
    const flows = Array.from({ length: 100 }, async (_, index) => {
      const outcome = index % 2 === 0 ? 'confirmed' : 'declined';
      const { status: tokenStatus, body: token } = await requestToken(mock);
      const headers = { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ scope: `names email`, vendor_data: `mock:${outcome}` });
      const { body: session } = await send(mock, '/auth/v2/session', { method: 'POST', headers, body });
      const decision = await send(mock, `/auth/v2/session/${session.session_id}/decision/`, {
        headers: { authorization: headers.authorization },
      });
      expect(tokenStatus).toBe(200);
      expect(decision.body.session_id).toBe(session.session_id);
      expect(decision.body.status.toLowerCase()).toBe(outcome);
      return `${session.session_id} ${decision.body.session_number}`;
    });
    expect(new Set(await Promise.all(flows)).size).toBe(100);
  });

  test('1 000 requests', async () => {
    const authorization = basic(mock.clientId, mock.clientSecret);
    const init = { method: 'POST', headers: { ...form, authorization }, body: 'grant_type=client_credentials' };
    const replies = await Promise.all(Array.from({ length: 1000 }, () => send(mock, '/auth/v2/token/', init)));
    expect(replies.filter(({ status }) => status !== 200)).toEqual([]);
  });
});

function key() {
  return { 'x-api-key': mock.clientSecret };
}
