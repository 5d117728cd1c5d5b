import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { createInstance, type IHttpConfig, type IHttpRequest, ProblemJsonError } from '@stoplight/prism-http';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { loadContract, type Operation } from '../src/contract/load.ts';
import { createCore } from '../src/core.ts';
import type { Handler } from '../src/http/message.ts';
import { resolveOptions } from '../src/options.ts';
import { parsePrefer } from '../src/prism/prefer.ts';
import { classify, differences, type Reaction, tableOf } from './differences.ts';
import { type Generated, generatedRequest, headersOf, type Known } from './requests.ts';

const runs = 4_000;
const seed = 20_240_801;

let operations: Operation[];
let handler: Handler;
let known: Known;

const silent: Record<string, unknown> = {};
for (const level of ['trace', 'debug', 'info', 'success', 'warn', 'error', 'fatal']) silent[level] = () => {};
silent.child = () => silent;

const stock = createInstance(configOf(undefined), { logger: silent });

beforeAll(async () => {
  operations = await loadContract();
  const client = { clientId: 'client', clientSecret: 'secret' };
  const colon = { clientId: 'colon', clientSecret: 'sec:ret' };
  const options = resolveOptions({ clients: [client, colon] });
  ({ handler } = await createCore(options, () => 'http://mock.test'));
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const authorization = `Basic ${btoa('client:secret')}`;
  const token = await post('/auth/v2/token/', { ...form, authorization }, 'grant_type=client_credentials');
  const sessions: Record<string, { id: string; token: string }> = {};
  const json = { 'content-type': 'application/json', 'x-api-key': client.clientSecret };
  for (const scenario of ['confirmed', 'declined', 'pending', '429', '503']) {
    const body = JSON.stringify({ scope: 'names email', vendor_data: `mock:${scenario}` });
    const created = await post('/auth/v2/session', json, body);
    sessions[scenario] = { id: created.session_id ?? '', token: created.session_token ?? '' };
  }
  known = {
    ...client,
    colonClientId: colon.clientId,
    colonClientSecret: colon.clientSecret,
    accessToken: token.access_token ?? '',
    sessions,
  };
});

test(`${runs} requests: the mock differs from plain Prism only where the table says so`, async () => {
  const seen = new Map<string, number>();
  let same = 0;
  const property = fc.asyncProperty(generatedRequest(known), async (request) => {
    const [prism, mock] = [await askPrism(request), await askMock(request)];
    if (JSON.stringify(mock.body ?? '').includes('Error of the mock')) throw new Error(JSON.stringify(mock.body));
    if (isSame(prism, mock)) {
      same += 1;
      return;
    }
    const found = classify(request, prism, mock);
    if (found === undefined) {
      throw new Error(`In no class. Prism ${JSON.stringify(prism)}, the mock ${JSON.stringify(mock)}`);
    }
    seen.set(found.request, (seen.get(found.request) ?? 0) + 1);
  });
  await fc.assert(property, { numRuns: runs, seed });
  // A class that never occurs is no longer a difference. Equal answers show that both received the same request.
  expect(differences.map(({ request }) => request).filter((request) => !seen.has(request))).toEqual([]);
  expect(same).toBeGreaterThan(runs / 50);
}, 30_000);

test('docs/mock-behaviour.md lists every class of differences', () => {
  const page = readFileSync(new URL('../../../docs/mock-behaviour.md', import.meta.url), 'utf8');
  const lines = page.split('\n').map((line) => line.replace(/\s+/g, ' ').replace(/-{3,}/g, '---').trim());
  for (const row of tableOf(differences)) expect(lines).toContain(row);
  const heading = lines.indexOf('## Where it differs from plain Prism');
  const end = lines.findIndex((line, index) => index > heading && line.startsWith('## '));
  const rows = lines.slice(heading, end < 0 ? undefined : end).filter((line) => line.startsWith('|'));
  expect(rows).toEqual(tableOf(differences));
});

/** The configuration of Prism's command line, with its own router, security and mocker. */
function configOf(prefer: string | undefined): IHttpConfig {
  const { code, example, dynamic, seed: wanted } = parsePrefer(prefer) ?? {};
  return {
    isProxy: false,
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    errors: false,
    upstreamProxy: undefined,
    mock: {
      dynamic: dynamic === 'true',
      ...(code !== undefined && { code: Number(code) }),
      ...(example !== undefined && { exampleKey: example }),
      ...(wanted !== undefined && { seed: wanted }),
    },
  };
}

function isJson(type = ''): boolean {
  return /^application\/(\S+\+)?json\b/.test(type);
}

/** A body, parsed like in Prism's own server; `undefined` when that server would never answer. */
function bodyOf(text: string, type: string | undefined): { value: unknown } | undefined {
  if (text === '') return { value: null };
  if (!isJson(type)) return { value: text };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

async function askPrism(request: Generated): Promise<Reaction> {
  const headers = headersOf(request);
  const body = bodyOf(request.body.value ?? '', headers['content-type']);
  if (!body) return { what: 'hangs', status: 0, body: undefined };
  const input: IHttpRequest = {
    method: (request.method.value ?? 'GET').toLowerCase() as IHttpRequest['method'],
    url: {
      path: request.path.value ?? '/',
      query: Object.fromEntries(new URLSearchParams(request.query)),
    },
    headers,
    body: body.value,
  };
  try {
    const result = await stock.request(input, operations, configOf(headers.prefer))();
    if (result._tag === 'Right') {
      const { statusCode, body: answered } = result.right.output;
      return { what: 'answers', status: statusCode, body: structuredClone(answered) };
    }
    const { left: error } = result;
    if (error instanceof ProblemJsonError) return { what: 'answers', status: error.status, body: error.message };
    return { what: 'throws', status: 0, body: String(error) };
  } catch (error) {
    return { what: 'throws', status: 0, body: String(error) };
  }
}

async function askMock(request: Generated): Promise<Reaction> {
  const { status, body } = await handler({
    method: request.method.value ?? 'GET',
    target: `${request.path.value}${request.query}`,
    headers: headersOf(request),
    body: Buffer.from(request.body.value ?? ''),
    local: true,
  });
  try {
    return { what: 'answers', status, body: body === '' ? undefined : JSON.parse(body) };
  } catch {
    return { what: 'answers', status, body };
  }
}

async function post(target: string, headers: Record<string, string>, body: string): Promise<Record<string, string>> {
  const response = await handler({ method: 'POST', target, headers, body: Buffer.from(body), local: true });
  expect(response.status, response.body).toBe(200);
  return JSON.parse(response.body);
}

function isSame(one: Reaction, other: Reaction): boolean {
  return one.what === other.what && one.status === other.status && isDeepStrictEqual(one.body, other.body);
}
