import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compareContracts } from '../../src/diff/compare.ts';
import { infoVersion } from '../../src/document/version.ts';
import { contractFile } from '../../src/repository/paths.ts';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'didit-compare-'));
  await cp(dirname(contractFile), directory, { recursive: true });
  file = join(directory, 'didit-data.yaml');
});
afterEach(() => rm(directory, { recursive: true }));

const closedEnum = {
  from: '        - type: string\n          enum: [Initialized',
  to: '        - type: string\n          enum: [Paused, Initialized',
};

test('equal contracts have no difference', async () => {
  expect(await compareContracts(contractFile, file)).toEqual([]);
});

test('the version of a contract does not count, nor do line ends', async () => {
  const text = await readFile(file, 'utf8');
  const raised = text.replace(infoVersion, '$19.9.9');
  expect(raised).not.toBe(text);
  await writeFile(file, raised.replaceAll('\n', '\r\n'));
  expect(await compareContracts(contractFile, file)).toEqual([]);
});

test('an open enum that gains a value breaks nobody', async () => {
  expect(await levelsOf(closedEnum.from, closedEnum.to)).toEqual(['minor reader DecisionStatus']);
});

test('a closed enum that gains a value breaks its readers', async () => {
  const closed = join(directory, 'closed.yaml');
  const open = '\n        - type: string\n\n    Scope:';
  await edit(file, open, '\n\n    Scope:');
  await cp(file, closed);
  await edit(file, closedEnum.from, closedEnum.to);
  const changes = await compareContracts(closed, file);
  expect(changes.map(({ level, place }) => `${level} ${place}`)).toEqual(['major DecisionStatus']);
});

test.each([
  [
    'a request that closes',
    'required: [scope]\n',
    'required: [scope]\n      additionalProperties: false\n',
    'major writer CreateSessionRequest',
  ],
  ['a request that opens', 'additionalProperties: false', 'additionalProperties: true', 'minor writer TokenRequest'],
  [
    'an enum of a request that gains a value',
    '[client_credentials]',
    '[client_credentials, password]',
    'minor writer TokenRequest.grant_type',
  ],
  [
    'a parameter that becomes optional',
    'name: Data-Session-Token\n      in: header\n      required: true',
    'name: Data-Session-Token\n      in: header\n      required: false',
    'minor writer DataSessionToken',
  ],
  ['a description', 'Numeric identifier of the session.', 'Number.', 'patch - Decision.session_number'],
  [
    'evidence',
    'description: The scopes to ask for, separated by spaces.',
    'description: The scopes to ask for, separated by spaces.\n          x-evidence: observed',
    'patch - CreateSessionRequest.scope',
  ],
  ['a list of sources that goes', '      x-source: [api-errors, integrations]\n', '', 'patch - DetailError.x-source'],
  ['a comment', '\npaths:\n', '\n# Four of them.\npaths:\n', 'patch - the contract'],
  ['a server', 'url: https://apx.didit.me\n', 'url: https://api.didit.me\n', 'major reader+writer servers.0'],
  ['a new first server', 'servers:\n', 'servers:\n  - url: https://api.didit.me\n', 'major reader+writer servers.0'],
  ['a last server', '\ntags:\n', '\n  - url: https://api.didit.me\ntags:\n', 'minor reader+writer servers.1'],
  [
    'a server of one operation',
    'operationId: createSession\n',
    'operationId: createSession\n      servers:\n        - url: https://api.didit.me\n',
    'major reader+writer createSession servers',
  ],
  [
    'an operation whose own security goes',
    '      security:\n        - clientCredentials: []\n',
    '',
    'major writer issueToken security',
  ],
  [
    'a request that has a field less',
    '        vendor_data:\n          type: string\n          description: Your own identifier for the person or the case; comes back with the decision.\n',
    '',
    'major writer CreateSessionRequest.vendor_data',
  ],
  [
    'a request field that may no longer be sent',
    '        vendor_data:\n          type: string\n',
    '        vendor_data:\n          readOnly: true\n          type: string\n',
    'major writer CreateSessionRequest.vendor_data',
  ],
  [
    'a response field that no longer comes',
    '        session_number:\n',
    '        session_number:\n          writeOnly: true\n',
    'major reader Decision.session_number',
  ],
  [
    'a keyword that nobody has thought of',
    'required: [scope]\n',
    'required: [scope]\n      patternProperties:\n        ^x: { type: string }\n',
    'major writer CreateSessionRequest.patternProperties',
  ],
  [
    'a request field that gets a default',
    '        vendor_data:\n          type: string\n',
    '        vendor_data:\n          type: string\n          default: none\n',
    'minor writer CreateSessionRequest.vendor_data',
  ],
  [
    'a response header',
    '      headers:\n        Retry-After:\n          $ref: "#/components/headers/RetryAfter"\n        X-RateLimit-Limit',
    '      headers:\n        X-New:\n          schema: { type: string }\n        Retry-After:\n          $ref: "#/components/headers/RetryAfter"\n        X-RateLimit-Limit',
    'minor reader TooManyRequests.headers.X-New',
  ],
])('%s', async (_, from, to, expected) => {
  expect(await levelsOf(from, to)).toEqual([expected]);
});

test('an alternative is named by its number', async () => {
  await edit(file, '        - $ref: "#/components/schemas/FieldErrors"\n', '');
  const [change] = await compareContracts(contractFile, file);
  expect(change).toMatchObject({
    place: 'ErrorBody',
    what: 'Alternative 4 of `ErrorBody` was removed.',
    level: 'minor',
  });
});

test('example files count, each by its name', async () => {
  await edit(join(directory, 'examples/decision.confirmed.json'), 'John Doe', 'Jane Doe');
  await writeFile(join(directory, 'examples/new.json'), '{}');
  await rm(join(directory, 'examples/error.list.json'));
  await edit(file, 'examples/error.list.json', 'examples/error.message.json');
  const changes = await compareContracts(contractFile, file);
  expect(changes.map(({ place, what, level }) => `${level} ${place} ${what}`)).toEqual(
    expect.arrayContaining([
      'patch decision.confirmed The example changed.',
      'patch error.list The example was removed.',
      'patch new The example was added.',
    ]),
  );
});

test('places name file and line, of the baseline where the thing is gone', async () => {
  await edit(
    file,
    '        created_at:\n          type: [string, "null"]\n          format: date-time\n          description: When the session was created.\n',
    '',
  );
  const [change] = await compareContracts(contractFile, file);
  const lines = (await readFile(contractFile, 'utf8')).split('\n');
  expect(change).toMatchObject({ file: 'openapi/didit-data.yaml', inBaseline: true, level: 'major' });
  expect(lines[(change?.line ?? 0) - 1]).toBe('        created_at:');
});

test('another order of servers sends clients elsewhere', async () => {
  const before = join(directory, 'before.yaml');
  const [first, last] = ['  - url: https://a.example\n', '  - url: https://b.example\n'];
  const servers = /servers:\n(?: .*\n)+/;
  const text = await readFile(contractFile, 'utf8');
  await writeFile(before, text.replace(servers, `servers:\n${first}${last}`));
  await writeFile(file, text.replace(servers, `servers:\n${last}${first}`));
  const [change] = await compareContracts(before, file);
  expect(change).toMatchObject({ level: 'major', place: 'servers.0', audience: ['reader', 'writer'] });
  expect(change?.what).toBe('The first server, which clients use, was `https://a.example` and is `https://b.example`.');
});

test('a response header that need no longer be there breaks its readers', async () => {
  const before = join(directory, 'before.yaml');
  await edit(file, '    RetryAfter:\n', '    RetryAfter:\n      required: true\n');
  await cp(file, before);
  await edit(file, '    RetryAfter:\n      required: true\n', '    RetryAfter:\n      required: false\n');
  expect((await compareContracts(before, file)).map(({ level, place }) => `${level} ${place}`)).toEqual([
    'major RetryAfter',
  ]);
});

test('a parameter of a whole path concerns writers', async () => {
  const before = join(directory, 'before.yaml');
  const path = '  /auth/v2/session/{session_id}/decision/:\n';
  await edit(file, path, `${path}    parameters:\n      - $ref: "#/components/parameters/Trace"\n`);
  const trace =
    '    Trace:\n      name: X-Trace\n      in: header\n      description: A trace.\n      schema: { type: string }\n';
  await edit(file, '    DataSessionToken:\n', `${trace}    DataSessionToken:\n`);
  await cp(file, before);
  await edit(
    file,
    'description: A trace.\n      schema: { type: string }',
    'description: A trace.\n      schema: { type: string, maxLength: 9 }',
  );
  const changes = await compareContracts(before, file);
  expect(changes.map(({ level, audience }) => [level, ...audience])).toEqual([['major', 'writer']]);
});

const anchor = '&name\n          type: string\n';

/** How a schema may stand behind an anchor, and the line that a change of its type is reported at. */
const aliases = [
  ['an alias', '*name\n', '          type: string'],
  ['a merge key', '\n          <<: *name\n', '        aliased: '],
] as const;

describe.each(aliases)('behind %s', (_, alias, reported) => {
  const field = (body: string) =>
    `        vendor_data:\n          type: string\n          description: Your own identifier`.replace(
      '        vendor_data:',
      `        aliased: ${body}        vendor_data:`,
    );
  const vendorData = '        vendor_data:\n          type: string\n          description: Your own identifier';
  const source = (type: string) => [
    '    TokenRequest:\n',
    `    Aliased:\n      type: object\n      properties:\n        source: ${anchor.replace('string', type)}    TokenRequest:\n`,
  ];

  const make = async (name: string, edits: readonly (readonly string[])[]) => {
    const made = join(directory, name);
    await cp(contractFile, made);
    for (const [from = '', to = ''] of edits) await edit(made, from, to);
    return made;
  };

  test('a request that narrows breaks its writers, and the line is one of the contract', async () => {
    const before = await make('before.yaml', [source('[string, integer]'), [vendorData, field(alias)]]);
    const after = await make('after.yaml', [source('string'), [vendorData, field(alias)]]);
    const changes = await compareContracts(before, after);
    const lines = (await readFile(after, 'utf8')).split('\n');
    const change = changes.find(({ place }) => place === 'CreateSessionRequest.aliased');
    expect(change).toMatchObject({ level: 'major', audience: ['writer'] });
    expect(lines[(change?.line ?? 0) - 1]).toBe(reported);
  });

  test('a property that is gone breaks its writers', async () => {
    const before = await make('before.yaml', [source('string'), [vendorData, field(alias)]]);
    const after = await make('after.yaml', [source('string')]);
    const levels = (await compareContracts(before, after)).map(({ level, place }) => `${level} ${place}`);
    expect(levels).toEqual(['major CreateSessionRequest.aliased']);
  });

  test('what is written out means the same', async () => {
    const before = await make('before.yaml', [source('string'), [vendorData, field('\n          type: string\n')]]);
    const after = await make('after.yaml', [source('string'), [vendorData, field(alias)]]);
    const changes = await compareContracts(before, after);
    expect(changes.map(({ level, what }) => `${level} ${what}`)).toEqual(['patch Comments, order or layout changed.']);
  });
});

test('an alias in a file that the contract refers to is followed', async () => {
  const shared = join(directory, 'shared.yaml');
  const [before, after] = [join(directory, 'before.yaml'), join(directory, 'after.yaml')];
  const text = (type: string) => `Source: &source\n  type: ${type}\nAliased: *source\n`;
  await edit(
    file,
    '        scope:\n          type: string\n',
    '        scope:\n          $ref: shared.yaml#/Aliased\n',
  );
  await writeFile(shared, text('string'));
  await cp(file, before);
  await writeFile(join(directory, 'other.yaml'), text('integer'));
  await edit(file, 'shared.yaml', 'other.yaml');
  await cp(file, after);
  const changes = await compareContracts(before, after);
  expect(changes.filter(({ level }) => level === 'major')).toMatchObject([{ audience: ['writer'] }]);
});

async function edit(target: string, from: string, to: string) {
  const text = await readFile(target, 'utf8');
  expect(text.split(from).length, `holds this once: ${from}`).toBe(2);
  await writeFile(
    target,
    text.replace(from, () => to),
  );
}

/** The changes of an edit: level, audience, place. */
async function levelsOf(from: string, to: string) {
  await edit(file, from, to);
  const changes = await compareContracts(contractFile, file);
  return changes.map(({ level, audience, place }) => `${level} ${audience.join('+') || '-'} ${place}`);
}
