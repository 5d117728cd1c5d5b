import { expect, test } from 'vitest';
import { safeMediaType, safeName, shapeOf } from '../../src/verify/redact.ts';
import { formatReport } from '../../src/verify/report.ts';
import { verify } from '../../src/verify/verify.ts';
import { contract } from '../support/contract.ts';
import { inJson, type Plant, servePlanted } from '../support/planted-server.ts';

const personal = 'ada@example.com';

/** Personal data and secrets wherever a body can hold them, in the place of names too. */
const spoilt: Plant = (draft) => {
  const secret = 'planted-secret-value';
  draft.headers.set('content-type', `text/${personal}`);
  draft.headers.set('www-authenticate', secret);
  if (draft.status === 404) draft.body = new TextEncoder().encode(`["${personal}", {"${personal}": "${secret}"}]`);
  inJson((body) => {
    Object.assign(body, { [personal]: secret, '34123456789': personal, session_number: secret, scope: [secret] });
    body.user_data = { names: { full_name: { [personal]: 'Lovelace' }, [secret.repeat(4)]: 1 }, email: personal };
  })(draft);
};

test('a report holds no credential, token, session or personal data', async () => {
  const created: Record<string, string> = {};
  const remembered = inJson((body) => void Object.assign(created, body));
  await using server = await servePlanted({
    getSessionDecision: spoilt,
    getSessionStatus: spoilt,
    createSession: remembered,
  });
  const { clientId, clientSecret } = server.mock;
  const credentials = { clientId, clientSecret };
  const report = await verify(contract, { baseUrl: server.url, credentials, write: true, timeoutMs: 10_000 });
  expect(report.deviations.length).toBeGreaterThan(10);

  const text = formatReport(report) + JSON.stringify(report);
  const { session_id = '', session_token = '' } = created;
  const values = [personal, '34123456789', 'planted-secret-value', 'Lovelace', clientSecret, clientId];
  for (const value of [...values, session_id, session_token]) {
    expect(value).not.toBe('');
    expect(text).not.toContain(value);
  }
  expect(text).toContain('[withheld]: string');
});

test.each(['..', '.', 'a/../b', 'a\\b'])(
  'a session id that leaves its place in the path, %j, is not asked for',
  async (id) => {
    await using server = await servePlanted({
      createSession: inJson((body) => void Object.assign(body, { session_id: id })),
    });
    const { clientId, clientSecret } = server.mock;
    const credentials = { clientId, clientSecret };
    const report = await verify(contract, { baseUrl: server.url, credentials, write: true, timeoutMs: 10_000 });
    expect(report.withoutSuccess).toEqual([
      { operation: 'getSessionStatus', why: 'no session and token came' },
      { operation: 'getSessionDecision', why: 'no session came' },
    ]);
    const paths = new Set(server.mock.requests.map(({ path }) => path));
    for (const path of paths)
      expect(path).toMatch(/^\/auth\/v2\/(token\/|session|session\/[\w-]+\/(status|decision)\/)$/);
  },
);

test('names are shown if they are names', () => {
  for (const name of ['user_data', 'is_over_18', 'x-trace', '$ref', '12', 'a.b']) expect(safeName(name)).toBe(name);
  for (const name of ['ada@example.com', 'Ada Lovelace', '+34123456789', 'x34123456789', '', 'a'.repeat(41), 'ñandú']) {
    expect(safeName(name)).toBe('[withheld]');
  }
});

test('shapes are names and types', () => {
  expect(shapeOf({ a: 1, b: 1.5, c: null, d: [], e: {}, f: 'x', g: true })).toBe(
    '{ a: integer, b: number, c: null, d: array, e: object, f: string, g: boolean }',
  );
  expect([shapeOf([1, 'a', 2]), shapeOf([]), shapeOf({}), shapeOf('secret')]).toEqual([
    '[3 of integer | string]',
    '[0 of nothing]',
    '{}',
    'string',
  ]);
  expect(shapeOf(Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`m${n}`, n])))).toMatch(/and 6 more }$/);
});

test('a content type is shown if it is one', () => {
  expect(safeMediaType('Text/HTML; charset=x')).toBe('text/html');
  expect(safeMediaType(null)).toBe('none');
  expect(safeMediaType('text/ada@example.com')).toBe('something that is not a media type');
});
