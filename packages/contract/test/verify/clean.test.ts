import { createMock, type InProcessMock, type Scenario } from '@didit-data/mock';
import { describe, expect, test } from 'vitest';
import { createResponseCheck } from '../../src/verify/check-response.ts';
import type { Findings } from '../../src/verify/deviation.ts';
import type { Credentials } from '../../src/verify/target.ts';
import { verify } from '../../src/verify/verify.ts';
import { contract, operation, operations } from '../support/contract.ts';
import { operationOf, servePlanted } from '../support/planted-server.ts';

const check = createResponseCheck(contract.document, contract.locate);
const scenarios: readonly Scenario[] = ['confirmed', 'declined', 'cancelled', 'expired', 'pending'];

describe('a run against the mock finds nothing', () => {
  test.each(scenarios)('when sessions are %s', async (scenario) => {
    await using server = await servePlanted({}, { scenario });
    const { clientId, clientSecret } = server.mock;
    const each: readonly Credentials[] = [{ clientId, clientSecret }, { apiKey: clientSecret }];
    for (const credentials of each) {
      const report = await verify(contract, { baseUrl: server.url, credentials, write: true, timeoutMs: 10_000 });
      expect(report).toMatchObject({ deviations: [], notes: [], failures: [] });
      expect(new Set(report.replayed.map(({ operation }) => operation)).size).toBe(operations.length);
    }
  });
});

const failing = ['400', '401', '403', '404', '429', '500', '502', '503'];
const described = ['confirmed', 'declined', 'cancelled', 'expired', 'pending', 'pending:2', 'fewer:email', ...failing];

test.each(described)('the answers of the scenario mock:%s are clean', async (scenario) => {
  const mock = await createMock();
  const headers = { 'x-api-key': mock.clientSecret, 'content-type': 'application/json' };
  const scope = 'user_id picture names email phone gender document_detail birthdate address bank_account is_over_18';
  const body = JSON.stringify({ scope, vendor_data: `mock:${scenario}` });
  const created = await ask(mock, '/auth/v2/session', { method: 'POST', headers, body });
  const { session_id, session_token } = (await created.json()) as Record<string, string>;
  const withToken = { ...headers, 'data-session-token': session_token ?? '' };
  const answers = [
    created,
    await ask(mock, `/auth/v2/session/${session_id}/status/`, { headers: withToken }),
    await ask(mock, `/auth/v2/session/${session_id}/decision/`, { headers }),
  ];
  for (const { found } of answers) expect(found).toEqual({ deviations: [], notes: [] });
});

/** Every example of every response, as the contract names them. */
const examples = operations.flatMap(({ id, method, path, node }) =>
  Object.entries(node.responses).flatMap(([status, response]) => {
    const { $ref } = response;
    const name = $ref?.replace('#/components/responses/', '');
    const components = contract.document.components as unknown as { responses: Record<string, typeof response> };
    const { content = {} } = name === undefined ? response : (components.responses[name] ?? response);
    return Object.values(content).flatMap((media) =>
      Object.keys((media as { examples?: object }).examples ?? {}).map((example) => ({
        id,
        method,
        path: path.replace('{session_id}', 's-1'),
        status: status.replace('XX', '00'),
        example,
      })),
    );
  }),
);

describe('every example of the contract', () => {
  test('is among those that are checked', () => {
    expect(examples.length).toBeGreaterThan(60);
  });

  test.each(examples)('$id $status $example is clean', async ({ id, method, path, status, example }) => {
    const mock = await createMock();
    const basic = Buffer.from(`${mock.clientId}:${mock.clientSecret}`).toString('base64');
    const isToken = id === 'issueToken';
    const type = isToken ? 'application/x-www-form-urlencoded' : 'application/json';
    const headers = {
      prefer: `code=${status}, example=${example}`,
      'content-type': type,
      'data-session-token': 't',
      ...(isToken ? { authorization: `Basic ${basic}` } : { 'x-api-key': mock.clientSecret }),
    };
    const body = isToken ? 'grant_type=client_credentials' : '{"scope":"names"}';
    const answer = await ask(mock, path, { method, headers, ...(method === 'POST' && { body }) });

    // This one example is of members that the contract does not name, which is what is to be found.
    const unknown = ['/updated_at', '/user_data/names/middle_name', '/user_data/passport_chip'];
    const expected = example === 'confirmed-unknown-members' ? unknown : [];
    expect(answer.status).toBe(Number(status));
    expect(answer.found.deviations.map(({ at }) => at).sort()).toEqual(expected);
    expect(answer.found.deviations.every(({ kind }) => kind === 'unknown-member')).toBe(true);
  });
});

/** Sends a request to a mock and checks what comes back. */
async function ask(mock: InProcessMock, path: string, init: RequestInit): Promise<Response & { found: Findings }> {
  const response = await mock.fetch(mock.url + path, init);
  const body = await response.clone().bytes();
  const facts = { status: response.status, headers: response.headers, body };
  const found = check(operation(operationOf(init.method ?? 'GET', path)), { title: 'of the mock' }, facts);
  return Object.assign(response, { found });
}
