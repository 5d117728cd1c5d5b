import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mock, type MockEvent, type MockOptions, startMock } from '../src/index.ts';
import { basic, sendRaw } from './helpers.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'didit-mock-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const show = '52f4a9a5-6bd8-4f0f-8b39-6e2a3c1d5e10';
const staff = { authorization: basic('keeper', 'any secret: with a colon') };

describe('a contract with HTTP Basic, a base path, and no 401', () => {
  let mock: Mock;
  let warnings: () => string[];
  beforeAll(async () => {
    ({ mock, warnings } = await starting({ contract: fixture('gallery') }));
  });
  afterAll(() => mock.close());

  const day = { date: '2031-05-03', opens: '10:00', closes: '18:00' };
  test.each([
    ['GET', '/opening-hours', undefined, 200, [day, { date: '2031-05-04', opens: '11:00', closes: '17:00' }]],
    ['GET', '/opening-hours?from=2031-05-01&page=2&limit=30', undefined, 200, [day, expect.anything()]],
    ['GET', '/opening-hours?language=de', undefined, 200, [day, expect.anything()]],
    ['GET', '/opening-hours?weekday=sat&weekday=sun', undefined, 200, [day, expect.anything()]],
    ['GET', '/shows?from=2031-05-01&to=2031-06-01', undefined, 200, [expect.objectContaining({ title: 'Light' })]],
    ['POST', '/shows', { title: 'Stone', kind: 'open', price: 0 }, 201, expect.objectContaining({ showId: show })],
    ['PATCH', `/shows/${show}`, { price: 3 }, 200, expect.objectContaining({ title: 'Wood' })],
    ['DELETE', `/shows/${show}`, undefined, 204, ''],
    ['GET', '/halls/north/visitors', undefined, 200, { visitors: 31 }],
    ['POST', '/tickets', { kind: 'show', day: '2031-05-03' }, 201, { ticketId: 't-1' }],
    ['GET', '/tickets/t-1/code', undefined, 200, 'PNG-of-a-ticket'],
  ])('%s %s is answered with its example, with and without the base path', async (method, path, json, status, body) => {
    for (const base of ['', '/api/v1', '/api/v2']) {
      const answer = await ask(mock, method, `${base}${path}`, staff, json);
      expect([answer.status, answer.body]).toEqual([status, body]);
    }
  });

  test('an answer without an example is generated from its schema', async () => {
    const { status, body } = await ask(mock, 'GET', `/shows/${show}`, staff);
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(['kind', 'price', 'showId', 'title']);
    expect(['guided', 'open']).toContain(body.kind);
  });

  test.each([
    ['GET', '/halls/west/visitors', undefined],
    ['GET', '/opening-hours?limit=31', undefined],
    ['GET', '/opening-hours?weekday=noday&weekday=sat', undefined],
    ['POST', '/tickets', { kind: 'show' }],
  ])('%s %s violates the contract: the 400 of the contract', async (method, path, json) => {
    const answer = await ask(mock, method, path, staff, json);
    expect([answer.status, answer.body]).toEqual([400, { type: 'about:blank', title: 'Bad request' }]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  test('an invalid request without a documented 400 is a 400 with the reason', async () => {
    const answer = await ask(mock, 'GET', '/shows/not-a-uuid', staff);
    expect([answer.status, Object.keys(answer.body)]).toEqual([400, ['showid']]);
  });

  test.each([
    ['no credential', {}],
    ['an empty one', { authorization: 'Basic ' }],
    ['no Base64', { authorization: 'Basic !!!' }],
    ['no colon', { authorization: `Basic ${btoa('keeper')}` }],
    ['another scheme', { authorization: 'Bearer abc' }],
  ])('%s: 401, although the contract has none', async (_, headers) => {
    const { status, headers: answered, body } = await ask(mock, 'GET', '/shows', headers);
    expect([status, body]).toEqual([401, { detail: expect.stringMatching(/HTTP Basic with id:secret/) }]);
    expect(answered.get('www-authenticate')).toMatch(/^Basic realm=/);
  });

  test('the missing 401 is a warning at the start, once', () => {
    expect(warnings()).toEqual([
      'The contract documents no 401 for listOpeningHours, listShows, createShow, getShow, updateShow, deleteShow, ' +
        'countVisitors, buyTickets. The mock still answers 401 when it refuses a credential.',
    ]);
  });

  test('an operation without security needs no credential', async () => {
    expect((await ask(mock, 'GET', '/tickets/t-1/code')).status).toBe(200);
  });

  test.each(['*/*', 'application/json', 'text/html, */*;q=0.1', 'nonsense', ''])(
    'an answer without content is a 204 with Accept: %s',
    async (accept) => {
      const head = `Host: x\r\nAuthorization: ${staff.authorization}\r\nAccept: ${accept}\r\nConnection: close\r\n\r\n`;
      const answer = await sendRaw(mock, `DELETE /shows/${show} HTTP/1.1\r\n${head}`);
      expect(answer).toMatch(/^HTTP\/1\.1 204 /);
      expect(answer).not.toMatch(/content-type|content-length/i);
    },
  );

  test('Prefer can request an answer without content', async () => {
    const { status } = await ask(mock, 'DELETE', `/shows/${show}`, { ...staff, prefer: 'code=204', accept: '*/*' });
    expect(status).toBe(204);
  });

  test('Accept for another media type is answered with the documented one, without a word about Prefer', async () => {
    const { status, body } = await ask(mock, 'GET', '/shows', { ...staff, accept: 'application/xml' });
    expect([status, body]).toEqual([200, [expect.objectContaining({ title: 'Light' })]]);
  });
});

describe('a contract with OAuth 2, problems and XML', () => {
  let mock: Mock;
  let warnings: () => string[];
  beforeAll(async () => {
    ({ mock, warnings } = await starting({ contract: fixture('ferries') }));
  });
  afterAll(() => mock.close());

  const token = { authorization: 'Bearer a-token-of-another-service' };
  const crossing = `origin=${show}&date=2031-05-03T10:00:00Z`;
  const booking = { id: '1725ff48-ab45-4bb5-9d02-88745177dedb', crossing_id: 'night', has_dog: true };

  test.each([
    ['GET', '/ports?page=1&country=DE', undefined, 200, { data: [expect.objectContaining({ name: 'Kiel' })] }],
    ['GET', `/crossings?${crossing}&dogs=true`, undefined, 200, { data: [{ id: 'night', price: 50 }] }],
    ['POST', '/bookings', { crossing_id: 'night' }, 201, booking],
    ['GET', `/bookings/${show}`, undefined, 200, booking],
    ['DELETE', `/bookings/${show}`, undefined, 204, undefined],
    ['POST', `/bookings/${show}/payment`, { amount: 1, source: { object: 'card', number: '4' } }, 200, { id: 'p-1' }],
  ])('%s %s', async (method, path, json, status, body) => {
    const answer = await ask(mock, method, path, token, json);
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    if (body) expect(answer.body).toMatchObject(body);
  });

  test('a missing token is the documented 401, with a challenge', async () => {
    for (const headers of [{}, { authorization: 'Bearer' }, { authorization: 'Bearer  ' }, staff]) {
      const { status, headers: answered, body } = await ask(mock, 'GET', `/bookings/${show}`, headers);
      expect([status, body.title]).toEqual([401, 'Unauthorized']);
      expect(answered.get('content-type')).toBe('application/problem+json');
      expect(answered.get('www-authenticate')).toBe('Bearer');
    }
    expect(warnings().join()).not.toMatch(/documents no/);
  });

  test('an operation with security: [] needs no credential', async () => {
    expect((await ask(mock, 'GET', '/ports')).status).toBe(200);
  });

  test('Accept chooses among the media types', async () => {
    const { status, headers } = await ask(mock, 'GET', '/ports', { accept: 'application/xml' });
    expect([status, headers.get('content-type')]).toEqual([200, 'application/xml']);
  });
});

describe('every kind of security', () => {
  let mock: Mock;
  let warnings: () => string[];
  const responses =
    "responses: { '200': { description: Fine., content: { application/json: { example: { fine: 1 } } } } }";
  const contract = `openapi: 3.0.3
info: { title: Locks, version: 1.0.0 }
security: [{ basic: [] }]
paths:
  /global: { get: { ${responses} } }
  /open: { get: { security: [], ${responses} } }
  /bearer: { get: { security: [{ bearer: [] }], ${responses} } }
  /header: { get: { security: [{ header: [] }], ${responses} } }
  /query: { get: { security: [{ query: [] }], ${responses} } }
  /cookie: { get: { security: [{ cookie: [] }], ${responses} } }
  /digest: { get: { security: [{ digest: [] }], ${responses} } }
  /either: { get: { security: [{ header: [] }, { basic: [] }], ${responses} } }
  /both: { get: { security: [{ header: [], query: [] }], ${responses} } }
  /optional: { get: { security: [{}, { bearer: [] }], ${responses} } }
  /mixed: { get: { security: [{ header: [], cookie: [] }, { bearer: [] }], ${responses} } }
  /certificate: { get: { security: [{ tls: [] }], ${responses} } }
  /oidc: { get: { security: [{ oidc: [] }], ${responses} } }
  /authorize/{id}:
    get: { security: [], parameters: [{ name: id, in: path, required: true, schema: { type: string } }], ${responses} }
  /sessions/{session_id}:
    get:
      security: []
      parameters: [{ name: session_id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: Fine., content: { application/json: { example: { fine: 1 } } } }
        '404': { description: None. }
  /redirect: { get: { security: [], responses: { '303': { description: Elsewhere. } } } }
  /default: { get: { security: [], responses: { default: { description: Any., content: { application/json: { example: { fine: 1 } } } } } } }
  /default-401: { get: { responses: { '200': { description: Fine. }, default: { description: Any., content: { application/json: { example: { code: 7 } } } } } } }
  /invalid: { get: { security: [], responses: { '200': { description: Fine., content: { application/json: { schema: { type: integer }, example: text } } } } } }
  /unprocessable:
    post:
      security: []
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [a] } } } }
      responses:
        '200': { description: Fine. }
        '422': { description: No., content: { application/json: { schema: { type: object, required: [loc] }, example: { loc: [a] } } } }
  /upload:
    post:
      security: []
      requestBody:
        content:
          multipart/form-data: { schema: { type: object, required: [name], properties: { name: { type: string } } } }
      ${responses}
  /rooms/{room}/{item}:
    get:
      security: []
      parameters:
        - { name: room, in: path, required: true, schema: { type: string } }
        - { name: item, in: path, required: true, schema: { type: string } }
      responses: { '200': { description: Any., content: { application/json: { example: { any: 1 } } } } }
  /rooms/{room}/lights:
    get: { security: [], parameters: [{ name: room, in: path, required: true, schema: { type: string } }], ${responses} }
  /charset:
    get: { security: [], responses: { '200': { description: Fine., content: { 'application/json; charset=utf-8': { example: { fine: 1 } } } } } }
components:
  securitySchemes:
    basic: { type: http, scheme: basic }
    bearer: { type: http, scheme: bearer }
    digest: { type: http, scheme: digest }
    header: { type: apiKey, in: header, name: X-Api-Key }
    query: { type: apiKey, in: query, name: api key }
    cookie: { type: apiKey, in: cookie, name: SID }
    tls: { type: mutualTLS }
    oidc: { type: openIdConnect, openIdConnectUrl: 'https://locks.example/' }
`;
  beforeAll(async () => {
    const file = join(folder, 'locks.yaml');
    writeFileSync(file, contract);
    ({ mock, warnings } = await starting({ contract: file }));
  });
  afterAll(() => mock.close());

  const bearer = { authorization: 'bearer x' };
  const key = { 'x-api-key': 'x' };
  const cookie = { cookie: 'a=b; SID=x' };
  test.each<[path: string, status: number, headers: Record<string, string>]>([
    ['/global', 200, staff],
    ['/global', 401, {}],
    ['/global', 401, bearer],
    ['/open', 200, {}],
    ['/bearer', 200, bearer],
    ['/bearer', 401, {}],
    ['/bearer', 401, { authorization: 'Bearer two words' }],
    ['/header', 200, key],
    ['/header', 401, { 'x-api-key': '' }],
    ['/query?api%20key=x', 200, {}],
    ['/query?api+key=', 401, {}],
    ['/query', 401, key],
    ['/cookie', 200, cookie],
    ['/cookie', 401, { cookie: 'XSID=x; SID=' }],
    ['/digest', 200, { authorization: 'Digest username="x"' }],
    ['/digest', 401, bearer],
    ['/either', 200, key],
    ['/either', 200, staff],
    ['/either', 401, bearer],
    ['/both?api+key=x', 200, key],
    ['/both', 401, key],
    ['/both?api+key=x', 401, {}],
    ['/optional', 200, {}],
    ['/optional', 200, bearer],
    ['/mixed', 200, { ...key, ...cookie }],
    ['/mixed', 401, key],
    ['/mixed', 200, { ...key, ...bearer }],
    ['/certificate', 200, {}],
    ['/oidc', 200, bearer],
    ['/oidc', 401, {}],
  ])('%s: %i with %j', async (path, status, headers) => {
    const answer = await ask(mock, 'GET', path, headers);
    expect([answer.status, answer.body]).toEqual([
      status,
      status === 200 ? { fine: 1 } : { detail: expect.any(String) },
    ]);
    expect(answer.headers.has('www-authenticate')).toBe(status === 401);
  });

  test('the contract owns paths and parameters that the mock also uses', async () => {
    expect((await ask(mock, 'GET', '/authorize/x')).body).toEqual({ fine: 1 });
    expect((await ask(mock, 'GET', '/sessions/x')).body).toEqual({ fine: 1 });
  });

  test('an operation without a 2xx is answered with another status of it', async () => {
    expect((await fetch(`${mock.url}/redirect`, { redirect: 'manual' })).status).toBe(303);
    expect(await ask(mock, 'GET', '/default')).toMatchObject({ status: 200, body: { fine: 1 } });
    expect(await ask(mock, 'GET', '/default-401')).toMatchObject({ status: 401, body: { code: 7 } });
  });

  test('an example that violates its schema is sent, with one warning', async () => {
    const answers = [await ask(mock, 'GET', '/invalid'), await ask(mock, 'GET', '/invalid')];
    expect(answers).toMatchObject([
      { status: 200, body: 'text' },
      { status: 200, body: 'text' },
    ]);
    expect(warnings().filter((message) => message.includes('GET /invalid'))).toEqual([
      expect.stringMatching(/violates its own schema.*GET \/invalid answered 200.*must be integer/),
    ]);
  });

  test('a 422 replaces an undocumented 400', async () => {
    const answer = await ask(mock, 'POST', '/unprocessable', {}, {});
    expect([answer.status, answer.body]).toEqual([422, { loc: ['a'] }]);
  });

  test('of two paths that match, the one with more fixed segments answers', async () => {
    expect((await ask(mock, 'GET', '/rooms/a/lights')).body).toEqual({ fine: 1 });
    expect((await ask(mock, 'GET', '/rooms/a/chairs')).body).toEqual({ any: 1 });
  });

  test('a multipart form is read', async () => {
    const form = new FormData();
    form.set('name', 'x');
    const response = await fetch(`${mock.url}/upload`, { method: 'POST', body: form });
    expect([response.status, await response.json()]).toEqual([200, { fine: 1 }]);
  });

  test('Accept matches a media type with a parameter', async () => {
    const answer = await ask(mock, 'GET', '/charset', { accept: 'application/json', prefer: 'code=200' });
    expect([answer.status, answer.body]).toEqual([200, { fine: 1 }]);
  });

  test('HEAD is GET without the body', async () => {
    expect((await ask(mock, 'HEAD', '/open')).status).toBe(200);
  });
});

function fixture(name: string): URL {
  return new URL(`fixtures/${name}.yaml`, import.meta.url);
}

/** Sends a request to a mock of any contract, with a content type only for JSON. */
async function ask(mock: Mock, method: string, path: string, headers: Record<string, string> = {}, json?: unknown) {
  const type = json === undefined ? {} : { 'content-type': 'application/json' };
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const response = await fetch(`${mock.url}${path}`, { method, headers: { ...type, ...headers }, ...body });
  const text = await response.text();
  const isJson = text !== '' && response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

async function starting(options: MockOptions) {
  const events: MockEvent[] = [];
  const mock = await startMock({ ...options, onEvent: (event) => events.push(event) });
  const warnings = () => events.flatMap((event) => (event.event === 'contract-warning' ? [event.message] : []));
  return { mock, warnings, [Symbol.asyncDispose]: mock.close };
}
