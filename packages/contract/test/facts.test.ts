import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Workspace } from './support/workspace.ts';

const contract = 'openapi/didit-data.yaml';
const sources = 'openapi/sources.yaml';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
});
afterEach(() => workspace.restore());
afterAll(() => workspace.remove());

const noEvidence = '`x-evidence` is missing. Say how well this is known: documented, observed, community, assumed.';
const noSource = '`x-source` is missing. Name the page that says so by its key in sources.yaml, or list several.';

/** An edit, the text of the line that the message names, and what the message says. */
type Case = readonly [name: string, file: string, from: string, to: string, line: string, ...messages: string[]];

test.each<Case>([
  ['an operation without marks', contract, marks('authorize'), '', '    get:', noEvidence, noSource],
  [
    'a response without marks',
    contract,
    `${marks('rfc6749')}      headers:`,
    '      headers:',
    '    TokenUnauthorized:',
    noEvidence,
    noSource,
  ],
  [
    'a parameter without marks',
    contract,
    marks('[retrieve-session, authorize]'),
    '',
    '    SessionId:',
    noEvidence,
    noSource,
  ],
  [
    'a header without marks',
    contract,
    '      x-evidence: assumed\n      x-source: rfc6750\n',
    '',
    '    WwwAuthenticate:',
    noEvidence,
    noSource,
  ],
  [
    'a security scheme without marks',
    contract,
    'client secret.\n      x-evidence: observed\n      x-source: demo\n',
    'client secret.\n',
    '    apiKeyAuth:',
    noEvidence,
    noSource,
  ],
  [
    'a server without marks',
    contract,
    `${marks('retrieve-session', '    ')}tags:`,
    'tags:',
    '  - url:',
    noEvidence,
    noSource,
  ],
  [
    'a schema without a source',
    contract,
    'for.\n      x-evidence: documented\n      x-source: create-session\n',
    'for.\n      x-evidence: documented\n',
    '    CreateSessionRequest:',
    noSource,
  ],
  [
    'a schema without evidence',
    contract,
    'for.\n      x-evidence: documented\n      x-source: create-session\n',
    'for.\n      x-source: create-session\n',
    '    CreateSessionRequest:',
    noEvidence,
  ],
  [
    'a new schema',
    contract,
    '        user_data:\n          anyOf:\n',
    '        history:\n          $ref: "#/components/schemas/History"\n        user_data:\n          anyOf:\n',
    '    History:',
    noEvidence,
    noSource,
  ],
  [
    'a property that has one mark of the two',
    contract,
    '          x-evidence: assumed\n          x-source: authentication\n        iss:',
    '          x-evidence: assumed\n        iss:',
    '        token_type:',
    noSource,
  ],
  [
    'a property that refers to a schema, and has one mark of the two',
    contract,
    '        birthdate:\n',
    '        birthdate:\n          x-source: user-scopes\n',
    '        birthdate:',
    noEvidence,
  ],
  [
    'evidence that is not a grade',
    contract,
    'x-evidence: community',
    'x-evidence: comunity',
    'x-evidence: comunity',
    '`x-evidence` is `comunity` and must be one of documented, observed, community, assumed.',
  ],
  [
    'a source that is not there',
    contract,
    'x-source: integrations',
    'x-source: integration',
    'x-source: integration',
    '`x-source` names `integration`, which sources.yaml does not have. Add the page there, or correct the key.',
  ],
  [
    'a source that is not there, in a list',
    contract,
    '[api-errors, integrations]',
    '[api-errors, constructor]',
    '[api-errors, constructor]',
    '`x-source` names `constructor`, which sources.yaml does not have.',
  ],
  ['a list of no sources', contract, '[api-errors, integrations]', '[]', '    DetailError:', noSource],
  [
    'a page that nothing names',
    sources,
    'oidc-token:',
    'oidc-userinfo:\n  title: User info\n  url: https://docs.didit.me/userinfo\n  read: 2026-11-23\noidc-token:',
    'oidc-userinfo:',
    'No `x-source` of the contract names `oidc-userinfo`. Remove the page, or name it where it says something.',
  ],
  [
    'a page without a date',
    sources,
    'section-5.2\n  read: 2026-11-22\n',
    'section-5.2\n',
    'rfc6749:',
    '`read` of the page `rfc6749` must be the day on which the page was last read, for example 2026-11-24.',
  ],
  [
    'a page that was read on no day of the calendar',
    sources,
    'section-5.2\n  read: 2026-11-22\n',
    'section-5.2\n  read: 2026-02-30\n',
    'read: 2026-02-30',
    '`read` of the page `rfc6749` must be the day',
  ],
  [
    'a page without a title',
    sources,
    '  title: Identity Verification, API Errors\n',
    '',
    'api-errors:',
    '`title` of the page `api-errors` must be the title of the page.',
  ],
  [
    'a page with an address that is none',
    sources,
    'https://github.com/didit-protocol/didit-demo-center',
    'didit-demo-center on GitHub',
    'url: didit-demo-center on GitHub',
    '`url` of the page `demo` must be the address of the page, with https.',
  ],
  [
    'a list of pages that is not YAML',
    sources,
    'authentication:\n',
    'authentication: [\n',
    'authentication: [',
    'It must be YAML: a key for each page, and below it title, url and read.',
  ],
  [
    'a page that is listed twice',
    sources,
    'oidc-token:\n',
    'authorize:\n',
    '',
    'sources.yaml holds no pages: duplicated mapping key',
  ],
])('%s is refused with line and remedy', async (_, file, from, to, line, ...messages) => {
  await workspace.edit(file, from, to);
  if (line === '    History:') {
    await workspace.edit(
      contract,
      '\n    UserData:\n',
      '\n    History:\n      type: object\n      description: H.\n\n    UserData:\n',
    );
  }
  const { code, stdout, stderr } = await workspace.contract('check');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  const lines = (await workspace.read(file)).split('\n');
  for (const message of messages) {
    const found = stderr.split('\n').find((text) => text.includes(message)) ?? stderr;
    const [, path, number] = /^([^:]+):(\d+):\d+: /.exec(found) ?? [];
    expect({ path, line: lines[Number(number) - 1] ?? found }).toEqual({
      path: file,
      line: expect.stringContaining(line),
    });
  }
  expect(stderr.split('\n').filter((text) => text.endsWith('(facts/marked)'))).toHaveLength(messages.length);
});

test('a list of pages that is not there is refused by name', async () => {
  await workspace.delete(sources);
  const { code, stderr } = await workspace.contract('check');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^openapi\/sources\.yaml:1:1: sources\.yaml holds no pages\. It must be YAML/);
});

test('a property without marks, and another with both, are accepted', async () => {
  const added = `        nickname:\n          type: string\n        title:\n          type: string\n${marks('user-scopes', '          ')}`;
  await workspace.edit(contract, '        family_name:\n', `${added}        family_name:\n`);
  await workspace.expectContract('generate');
});

function marks(source: string, indent = '      ') {
  return `${indent}x-evidence: documented\n${indent}x-source: ${source}\n`;
}
