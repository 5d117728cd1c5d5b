import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ContractError } from '../../src/contract-error.ts';
import { contractFile, rootDirectory, upstreamDirectory } from '../../src/paths.ts';
import { checkUpstream } from '../../src/upstream/command.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'didit-upstream-'));
  await cp(dirname(contractFile), join(directory, 'openapi'), { recursive: true });
});
afterEach(() => rm(directory, { recursive: true }));

const contract = 'didit-data.yaml';
const pathOf = (file: string) => join(directory, 'openapi', file);

/** Replaces a text of a file, which must be there. */
async function edit(file: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(pathOf(file), 'utf8');
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  await writeFile(pathOf(file), edited);
}

/** What the check says of the copy, with the paths as they are in the repository. */
async function messages(): Promise<string> {
  const error = await checkUpstream(pathOf(contract), pathOf('upstream')).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) return '';
  expect(error).toBeInstanceOf(ContractError);
  return (error as Error).message.replaceAll(`${relative(rootDirectory, directory)}/`, '');
}

/** The line of a text in a file of the copy. */
async function lineOf(file: string, text: string): Promise<string> {
  const lines = (await readFile(pathOf(file), 'utf8')).split('\n');
  const index = lines.findIndex((line) => line.includes(text));
  expect(index).toBeGreaterThanOrEqual(0);
  return `openapi/${file}:${index + 1}`;
}

test('contract and records agree', async () => {
  const { facts, records } = await checkUpstream(contractFile, upstreamDirectory);
  expect(facts).toBeGreaterThan(300);
  expect(records).toBeGreaterThan(100);
  expect(await messages()).toBe('');
});

const email = /( {4}Email:\n(?:.*\n)*? {6}properties:\n)/;
const decisionFile = 'upstream/get-session-decision.yaml';

describe('an edit of the contract alone is found:', () => {
  test.each<[string, string | RegExp, string, RegExp]>([
    [
      'a new field',
      email,
      '$1        verified_at:\n          type: string\n',
      /didit-data\.yaml:\d+: field user_data\.email\.verified_at of getSessionDecision 200 has no record\.\n {2}Add one to openapi\/upstream\/get-session-decision\.yaml, with its source: \{ field: user_data\.email\.verified_at, status: 200, type: string, evidence: D, source: … \}\n/,
    ],
    [
      'a new field that is always there',
      'required: [access_token]\n      properties:\n',
      'required: [access_token, jti]\n      properties:\n        jti:\n          type: string\n',
      /field jti of issueToken 200 has no record\.\n.*issue-token\.yaml, .*required: true/,
    ],
    [
      'a new field of the request',
      /( {4}CreateSessionRequest:\n(?:.*\n)*? {6}properties:\n)/,
      '$1        callback:\n          type: string\n',
      /request field callback of createSession has no record\.\n.*\{ sent: callback, type: string/,
    ],
    [
      'a new scope',
      '            - tiktok_account\n',
      '            - tiktok_account\n            - passport_chip\n',
      /scope passport_chip has no record\.\n.*scopes\.yaml/,
    ],
    [
      'a new status',
      /(getSessionDecision(?:.*\n)*?)( {8}"400":\n)/,
      '$1        "410":\n          $ref: "#/components/responses/NotFound"\n$2',
      /response 410 of getSessionDecision has no record/,
    ],
    [
      'a new header',
      /( {4}NotFound:\n(?:.*\n)*? {6}x-evidence: community\n)/,
      '$1      headers:\n        Retry-After:\n          $ref: "#/components/headers/RetryAfter"\n',
      /header Retry-After of issueToken 404 has no record/,
    ],
    [
      'a new parameter',
      /(operationId: getSessionDecision(?:.*\n)*? {6}parameters:\n)/,
      '$1        - { name: fields, in: query, schema: { type: string } }\n',
      /query parameter fields of getSessionDecision has no record/,
    ],
    [
      'a new operation',
      /( {2}\/auth\/v2\/session:\n)/,
      '  /auth/v2/me:\n    get:\n      operationId: getMe\n      responses:\n        "200":\n          description: Me.\n$1',
      /operation getMe has no record\.\n.*upstream\/get-me\.yaml.*\{ request: GET \/auth\/v2\/me, evidence: D/,
    ],
    [
      'a new security scheme',
      '  securitySchemes:\n',
      '  securitySchemes:\n    mutual:\n      type: mutualTLS\n',
      /credential mutual has no record\.\n.*service\.yaml/,
    ],
    [
      'a new server',
      '  - url: https://apx.didit.me\n',
      '  - url: https://eu.didit.me\n  - url: https://apx.didit.me\n',
      /server https:\/\/eu\.didit\.me has no record/,
    ],
    [
      'a field that is gone',
      /( {4}Phone:\n(?:.*\n)*?) {8}is_primary:\n.*\n/,
      '$1',
      /get-session-decision\.yaml:\d+: field user_data\.phone\.is_primary of getSessionDecision 200 is documented and not in the contract\.\n {2}Add it at openapi\/didit-data\.yaml:\d+, then run: pnpm contract generate\./,
    ],
    [
      'a field that goes by another name',
      '        family_name:\n',
      '        last_name:\n',
      /family_name of getSessionDecision 200 is documented and not in the contract(.*\n)*.*last_name of getSessionDecision 200 has no record/,
    ],
    [
      'a scope that is gone',
      '            - x_account\n',
      '',
      /scopes\.yaml:\d+: scope x_account is documented and not in the contract\.\n {2}Add it at openapi\/didit-data\.yaml:\d+/,
    ],
    [
      'another type',
      /expires_in:\n {10}type: integer/,
      'expires_in:\n          type: string',
      /issue-token\.yaml:\d+: field expires_in of issueToken 200: type is integer here and string at openapi\/didit-data\.yaml:\d+/,
    ],
    [
      'no longer always there',
      'required: [session_id, session_token, url]',
      'required: [session_id, url]',
      /session_token of createSession 201: required is true here and not stated at/,
    ],
    [
      'always there',
      'required: [sub]',
      'required: [sub, email]',
      /field user_data\.email of getSessionDecision 200: required is not stated here and true at/,
    ],
    [
      'no longer nullable',
      /vendor_data:\n {10}type: \[string, "null"\]/,
      'vendor_data:\n          type: string',
      /vendor_data of getSessionDecision 200: nullable is true here and false at/,
    ],
    [
      'another format',
      'format: date-time',
      'format: date',
      /created_at of getSessionDecision 200: format is date-time here and date at/,
    ],
    [
      'another known value',
      'Cancelled, Expired]',
      'Cancelled, Expired, Abandoned]',
      /field status of getSessionDecision 200: values is .* here and Abandoned, /,
    ],
    [
      'another path',
      '  /auth/v2/session:\n',
      '  /auth/v3/session:\n',
      /operation createSession: request is POST \/auth\/v2\/session here and POST \/auth\/v3\/session at/,
    ],
    [
      'another credential',
      /( {6}security:\n {8}- )clientCredentials/,
      '$1bearerAuth',
      /operation issueToken: credentials is clientCredentials here and bearerAuth at/,
    ],
    [
      'another media type',
      /(requestBody:\n(?:.*\n)*? {10})application\/json:/,
      '$1application/xml:',
      /request body application\/json of createSession is documented and not in the contract/,
    ],
    [
      'another header name of the key',
      'name: X-Api-Key',
      'name: Api-Key',
      /credential apiKeyAuth: scheme is apiKey header X-Api-Key here and apiKey header Api-Key at/,
    ],
    [
      'a mark that is gone',
      '      description: An object whose members are not documented.\n      additionalProperties: true\n      x-evidence: assumed\n',
      '      description: An object whose members are not documented.\n      additionalProperties: true\n',
      /field user_data\.gender\.\* of getSessionDecision 200: evidence is A here and D at .*\n {2}If the record is right, the contract needs "x-evidence: assumed" there/,
    ],
    [
      'a mark that is new',
      /(picture:\n {10}type: .*\n)/,
      '$1          x-evidence: community\n',
      /field user_data\.picture of getSessionDecision 200: evidence is D here and C at .*\n {2}If the record is right, the contract needs no x-evidence there/,
    ],
    [
      'a mark that nobody knows',
      'x-evidence: community',
      'x-evidence: comunity',
      /response 404 of issueToken: evidence is C here and comunity at/,
    ],
  ])('%s', async (_, from, to, message) => {
    await edit(contract, from, to);
    expect(await messages()).toMatch(message);
  });
});

describe('an edit of a record leads to the contract:', () => {
  test('a field that has changed its type', async () => {
    await edit(
      decisionFile,
      'field: session_number, status: 200, type: integer',
      'field: session_number, status: 200, type: string',
    );
    const there = await lineOf(contract, 'session_number:');
    expect(await messages()).toBe(
      'The contract and openapi/upstream do not agree:\n' +
        `${await lineOf(decisionFile, 'session_number')}: field session_number of getSessionDecision 200: ` +
        `type is string here and integer at ${there}.\n` +
        `  If the service is as recorded, mend the contract at ${there}, then run: pnpm contract generate. If not, mend the record.`,
    );
  });

  test('a field that is new is to be added to the schema that has its neighbours', async () => {
    const record =
      '  - { field: user_data.email.verified_at, status: 200, type: string, evidence: D, source: retrieve-session }\n';
    await edit(decisionFile, /$/, record);
    expect(await messages()).toContain(
      `${await lineOf(decisionFile, 'verified_at')}: field user_data.email.verified_at of getSessionDecision 200 is documented ` +
        `and not in the contract.\n  Add it at ${await lineOf(contract, '    Email:')}, then run: pnpm contract generate.`,
    );
  });

  test.each<[string, RegExp]>([
    [
      '{ response: 410, media: [application/json], evidence: D, source: retrieve-session }',
      /response 410 of getSessionDecision is documented and not in the contract\.\n {2}Add it at openapi\/didit-data\.yaml:\d+/,
    ],
    [
      '{ header: ETag, status: 200, type: string, evidence: D, source: retrieve-session }',
      /header ETag of getSessionDecision 200 is documented and not in the contract/,
    ],
    [
      '{ parameter: fields, in: query, type: string, evidence: D, source: retrieve-session }',
      /query parameter fields of getSessionDecision is documented and not/,
    ],
    [
      '{ request: GET /auth/v2/me, operation: getMe, evidence: D, source: retrieve-session }',
      /operation getMe is documented and not/,
    ],
    ['{ scope: passport_chip, evidence: D, source: user-scopes }', /scope passport_chip is documented and not/],
    [
      '{ field: trace, operation: every, status: errors, type: string, evidence: D, source: error-notes }',
      /field trace of issueToken 400 is documented and not/,
    ],
  ])('%s', async (record, message) => {
    await edit(decisionFile, /$/, `  - ${record}\n`);
    expect(await messages()).toMatch(message);
  });

  test('what is less than documented need not be in the contract', async () => {
    await edit(
      decisionFile,
      /$/,
      '  - { field: risk, status: 200, type: number, evidence: C, source: integrations }\n',
    );
    expect(await messages()).toBe('');
  });

  test('a header is the same in any case', async () => {
    await edit('upstream/get-session-status.yaml', 'Data-Session-Token', 'data-session-token');
    expect(await messages()).toBe('');
  });

  test('a record that speaks of one operation goes before one of all', async () => {
    await edit(decisionFile, /$/, '  - { response: 403, media: [application/json], evidence: O, source: demo }\n');
    expect(await messages()).toMatch(/response 403 of getSessionDecision: evidence is O here and D at/);
  });
});

describe('a record that is not sound is refused, with file and line:', () => {
  test.each<[string, RegExp]>([
    [
      '{ field: a, status: 200, evidence: D, source: nowhere }',
      /:\d+: the source nowhere is not in openapi\/upstream\/sources\.yaml\. Add it there/,
    ],
    [
      '{ field: a, status: 200, evidence: D, source: demo }',
      /:\d+: evidence D needs a source of kind documentation or standard, and demo is vendor-code/,
    ],
    ['{ field: a, status: 200, evidence: C, source: demo }', /evidence C needs a source of kind community/],
    ['{ field: a, evidence: D, source: demo }', /:\d+: the record names a field and not of which status\. Add status/],
    [
      '{ field: a, header: b, status: 200, evidence: C, source: integrations }',
      /:\d+: the record says header and field\. Make it one record each/,
    ],
    [
      '{ note: a, evidence: C, source: integrations }',
      /:\d+: the record says nothing that the check knows\. It needs one of: request, /,
    ],
    ['{ parameter: a, evidence: C, source: integrations }', /names a parameter and not where it is\. Add in/],
    [
      '{ field: user_data.sub, status: 200, type: string, required: true, evidence: D, source: retrieve-session }',
      /:\d+: field user_data\.sub of getSessionDecision 200 is recorded at openapi\/upstream\/get-session-decision\.yaml:\d+ too\. Keep one/,
    ],
    [
      '{ field: a, status: 200, evidence: X, source: demo }',
      /get-session-decision\.yaml:\d+: must be equal to one of the allowed values/,
    ],
    [
      '{ feild: a, status: 200, evidence: D, source: demo }',
      /:\d+: must NOT have additional properties: feild\. What a record holds: openapi\/upstream\/record\.schema\.json/,
    ],
    ['{ field: a, status: 200, type: text, evidence: D, source: demo }', /get-session-decision\.yaml:\d+: must/],
    ['{ field: a', /get-session-decision\.yaml: is no YAML: .*Mend it there/],
  ])('%s', async (record, message) => {
    await edit(decisionFile, /$/, `  - ${record}\n`);
    expect(await messages()).toMatch(message);
  });

  test('a record without an operation', async () => {
    await edit('upstream/scopes.yaml', /$/, '  - { field: a, status: 200, evidence: C, source: integrations }\n');
    expect(await messages()).toMatch(
      /scopes\.yaml:\d+: the record names no operation, and neither does its file\. Add operation/,
    );
  });

  test('a source without a date, or with one that is none', async () => {
    await edit('upstream/sources.yaml', /read: .*/, 'read: last week');
    expect(await messages()).toMatch(/sources\.yaml:\d+: must match pattern/);
    await edit('upstream/sources.yaml', /.*read: last week\n/, '');
    expect(await messages()).toMatch(/sources\.yaml:\d+: must have required property 'read'/);
  });

  test('sources that are missing, and a folder that is', async () => {
    await rm(pathOf('upstream/sources.yaml'));
    expect(await messages()).toMatch(/upstream\/sources\.yaml is missing/);
    await rm(pathOf('upstream'), { recursive: true });
    expect(await messages()).toMatch(/upstream cannot be read/);
  });
});

test('the records are not published', async () => {
  const { files } = JSON.parse(await readFile(pathOf('package.json'), 'utf8'));
  expect(files).toEqual(['didit-data.yaml', 'openapi.json', 'examples', 'CHANGELOG.md']);
});
