import { describe, expect, test } from 'vitest';
import type { DeviationKind } from '../../src/verify/deviation.ts';
import { exitCodeOf } from '../../src/verify/report.ts';
import { verify } from '../../src/verify/verify.ts';
import { contract, lineText } from '../support/contract.ts';
import { inJson, type Plant, type PlantedServer, servePlanted } from '../support/planted-server.ts';

interface Planted {
  readonly operation: string;
  readonly plant: Plant;
  readonly kind: DeviationKind;
  readonly at?: string;
  /** The end of the pointer into the contract. */
  readonly rule: string;
  /** The text of the reported line. */
  readonly line: string;
  readonly message?: RegExp;
}

const decision = 'getSessionDecision';
const responses = '#/paths/~1auth~1v2~1session~1{session_id}~1decision~1/get/responses';

const planted: Readonly<Record<string, Planted>> = {
  'an unknown member at the top': {
    operation: decision,
    plant: inJson((body) => ({ ...body, updated_at: 'now' })),
    kind: 'unknown-member',
    at: '/updated_at',
    rule: '#/components/schemas/Decision',
    line: 'Decision:',
    message: /^updated_at is not in the contract; it is a string$/,
  },
  'an unknown member of user_data': {
    operation: decision,
    plant: inJson((body) => void Object.assign(body.user_data, { passport_chip: { read: true } })),
    kind: 'unknown-member',
    at: '/user_data/passport_chip',
    rule: '#/components/schemas/UserData',
    line: 'UserData:',
  },
  'an unknown member three levels deep': {
    operation: decision,
    plant: inJson((body) => void Object.assign(body.user_data.names, { middle_name: null })),
    kind: 'unknown-member',
    at: '/user_data/names/middle_name',
    rule: '#/components/schemas/Names',
    line: 'Names:',
    message: /it is null$/,
  },
  'an unknown member of the token': {
    operation: 'issueToken',
    plant: inJson((body) => ({ ...body, refresh_token: 'r' })),
    kind: 'unknown-member',
    at: '/refresh_token',
    rule: '#/components/schemas/Token',
    line: 'Token:',
  },
  'a missing member': {
    operation: decision,
    plant: inJson((body) => void delete body.status),
    kind: 'missing-member',
    at: '/status',
    rule: '#/components/schemas/Decision/required',
    line: 'required: [session_id, status]',
  },
  'a missing member deeper down': {
    operation: decision,
    plant: inJson((body) => void delete body.user_data.sub),
    kind: 'missing-member',
    at: '/user_data/sub',
    rule: '#/components/schemas/UserData/required',
    line: 'required: [sub]',
  },
  'a missing url of a new session': {
    operation: 'createSession',
    plant: inJson((body) => void delete body.url),
    kind: 'missing-member',
    at: '/url',
    rule: '#/components/schemas/Session/required',
    line: 'required: [session_id, session_token, url]',
  },
  'a member of another type': {
    operation: decision,
    plant: inJson((body) => void Object.assign(body.user_data.email, { is_verified: 'yes' })),
    kind: 'wrong-type',
    at: '/user_data/email/is_verified',
    rule: '#/components/schemas/Email/properties/is_verified/type',
    line: 'type: [boolean, "null"]',
    message: /^must be boolean or null, is a string$/,
  },
  'a number with a fraction for an integer': {
    operation: 'issueToken',
    plant: inJson((body) => void Object.assign(body, { expires_in: 3.5 })),
    kind: 'wrong-type',
    at: '/expires_in',
    rule: '#/components/schemas/Token/properties/expires_in/type',
    line: 'type: integer',
  },
  'a list for an object': {
    operation: decision,
    plant: inJson((body) => void Object.assign(body, { user_data: [] })),
    kind: 'wrong-type',
    at: '/user_data',
    rule: '#/components/schemas/Decision/properties/user_data/anyOf',
    line: 'anyOf:',
    message: /^must be object or null, is an array$/,
  },
  'a text for an open object': {
    operation: decision,
    plant: inJson((body) => void Object.assign(body.user_data, { address: 'Main Street 1' })),
    kind: 'wrong-type',
    at: '/user_data/address',
    rule: '#/components/schemas/OpenObject/type',
    line: 'type: [object, "null"]',
  },
  'null where it is not allowed': {
    operation: decision,
    plant: inJson((body) => void Object.assign(body.user_data, { sub: null })),
    kind: 'wrong-type',
    at: '/user_data/sub',
    rule: '#/components/schemas/UserData/properties/sub/type',
    line: 'type: string',
    message: /^must be string, is null$/,
  },
  'a status that is not text': {
    operation: 'getSessionStatus',
    plant: inJson(() => ({ status: 1 })),
    kind: 'wrong-type',
    at: '/status',
    rule: '#/components/schemas/SessionStatus/anyOf',
    line: 'anyOf:',
    message: /^must be string, is an integer$/,
  },
  'a body of another type': {
    operation: 'getSessionStatus',
    plant: inJson(() => ['confirmed']),
    kind: 'wrong-type',
    at: '',
    rule: '#/components/schemas/SessionState/type',
    line: 'type: object',
  },
  'an empty text': {
    operation: decision,
    plant: inJson((body) => void Object.assign(body, { session_id: '' })),
    kind: 'wrong-value',
    at: '/session_id',
    rule: '#/components/schemas/Decision/properties/session_id/minLength',
    line: 'minLength: 1',
  },
  'a day for a time': {
    operation: decision,
    plant: inJson((body) => void Object.assign(body, { created_at: '1. August' })),
    kind: 'wrong-format',
    at: '/created_at',
    rule: '#/components/schemas/Decision/properties/created_at/format',
    line: 'format: date-time',
    message: /^must match format "date-time"$/,
  },
  'a status that is not documented': {
    operation: decision,
    plant: onSuccess((draft) => void Object.assign(draft, { status: 202 })),
    kind: 'undocumented-status',
    rule: responses,
    line: 'responses:',
    message: /^202 is not in the contract, which has 200, 400, 401, 403, 404, 429, 5XX$/,
  },
  'a redirect': {
    operation: decision,
    plant: onSuccess((draft) => {
      draft.status = 301;
      draft.headers.set('location', 'https://example.com/');
      draft.body = new Uint8Array();
    }),
    kind: 'undocumented-status',
    rule: responses,
    line: 'responses:',
  },
  'a refusal that is not the documented one': {
    operation: decision,
    plant: (draft) => void Object.assign(draft, { status: draft.status === 404 ? 400 : draft.status }),
    kind: 'unexpected-status',
    rule: `${responses}/404`,
    line: '"404":',
    message: /^must be 404 for an unknown session, is 400$/,
  },
  'a success where a wrong secret must be refused': {
    operation: 'issueToken',
    plant: (draft) => {
      if (!new TextDecoder().decode(draft.body).includes('wrong client secret')) return;
      draft.status = 200;
      draft.body = text('{"access_token":"t"}');
    },
    kind: 'unexpected-status',
    rule: '#/paths/~1auth~1v2~1token~1/post/responses/401',
    line: '"401":',
    message: /^must be 401 with a wrong secret, is 200$/,
  },
  'another content type': {
    operation: decision,
    plant: onSuccess((draft) => draft.headers.set('content-type', 'text/plain; charset=utf-8')),
    kind: 'wrong-content-type',
    at: 'Content-Type',
    rule: `${responses}/200/content`,
    line: 'content:',
    message: /^must be application\/json, is text\/plain$/,
  },
  'no content type': {
    operation: decision,
    plant: onSuccess((draft) => draft.headers.delete('content-type')),
    kind: 'wrong-content-type',
    at: 'Content-Type',
    rule: `${responses}/200/content`,
    line: 'content:',
    message: /is none$/,
  },
  'a page with status 200': {
    operation: decision,
    plant: onSuccess((draft) => {
      draft.headers.set('content-type', 'text/html');
      draft.body = text('<html>Ada Lovelace</html>');
    }),
    kind: 'wrong-content-type',
    at: 'Content-Type',
    rule: `${responses}/200/content`,
    line: 'content:',
  },
  'an empty body': {
    operation: decision,
    plant: onSuccess((draft) => void Object.assign(draft, { body: new Uint8Array() })),
    kind: 'empty-body',
    rule: `${responses}/200/content`,
    line: 'content:',
  },
  'a body that is cut short': {
    operation: decision,
    plant: onSuccess((draft) => void Object.assign(draft, { body: draft.body.slice(0, 40) })),
    kind: 'not-json',
    rule: `${responses}/200/content/application~1json`,
    line: 'application/json:',
    message: /^is not JSON in UTF-8; it has 40 bytes$/,
  },
  'a body that is not UTF-8': {
    operation: decision,
    plant: onSuccess((draft) => void Object.assign(draft, { body: Uint8Array.of(0x22, 0xff, 0x22) })),
    kind: 'not-json',
    rule: `${responses}/200/content/application~1json`,
    line: 'application/json:',
  },
  'an error that is a number': {
    operation: decision,
    plant: (draft) => {
      if (draft.status === 404) draft.body = text('404');
    },
    kind: 'wrong-type',
    at: '',
    rule: '#/components/schemas/ErrorBody/anyOf',
    line: 'anyOf:',
    message: /^must be object or array, is an integer$/,
  },
  'a list of messages that are none': {
    operation: decision,
    plant: (draft) => {
      if (draft.status === 404) draft.body = text('["Not found.", 404]');
    },
    kind: 'wrong-type',
    at: '/1',
    rule: '#/components/schemas/ErrorList/items/type',
    line: 'type: string',
  },
};

describe('found, at its place, and nothing else:', () => {
  test.each(Object.entries(planted))('%s', async (_, { operation, plant, kind, at = '', rule, line, message }) => {
    await using server = await servePlanted({ [operation]: plant });
    const { deviations, failures, ...report } = await run(server);

    expect(deviations).toEqual([expect.objectContaining({ operation, kind, at })]);
    expect(deviations[0]?.contract).toMatchObject({ pointer: rule, file: 'openapi/didit-data.yaml' });
    expect(lineText(deviations[0]?.contract.line ?? 0)).toBe(line);
    expect(deviations[0]?.message).toMatch(message ?? /./);
    expect(failures).toEqual([]);
    expect(exitCodeOf({ ...report, deviations, failures })).toBe(1);
  });
});

test('several deviations of one answer are all found', async () => {
  await using server = await servePlanted({
    [decision]: inJson((body) => {
      delete body.status;
      body.extra = 1;
      body.user_data.sub = 5;
      body.user_data.phone = { phone_number: 34, is_primary: 'yes', country: 'ES' };
    }),
  });
  const { deviations } = await run(server);
  expect(deviations.map(({ kind, at }) => `${kind} ${at}`).sort()).toEqual([
    'missing-member /status',
    'unknown-member /extra',
    'unknown-member /user_data/phone/country',
    'wrong-type /user_data/phone/is_primary',
    'wrong-type /user_data/phone/phone_number',
    'wrong-type /user_data/sub',
  ]);
});

test('a missing token stops the run, and the report says what was not seen', async () => {
  await using server = await servePlanted({ issueToken: inJson((body) => void delete body.access_token) });
  const report = await run(server);
  expect(report.deviations).toEqual([expect.objectContaining({ kind: 'missing-member', at: '/access_token' })]);
  expect(report.withoutSuccess.map(({ operation }) => operation)).toEqual([
    'createSession',
    'getSessionStatus',
    'getSessionDecision',
  ]);
});

describe('no deviation:', () => {
  test.each<[string, Plant]>([
    ['a new value of an open enum', inJson((body) => void Object.assign(body, { status: 'Under Review' }))],
    ['null where it is allowed', inJson((body) => void Object.assign(body.user_data, { email: null }))],
    ['an optional member that is absent', inJson((body) => void delete body.user_data)],
    [
      'any member of an object of unknown shape',
      inJson((body) => void Object.assign(body.user_data, { address: { a: { b: [1] } } })),
    ],
    [
      'an error of a shape of its own',
      (draft) => {
        if (draft.status === 404) draft.body = text('{"reason":{"session":["unknown"]}}');
      },
    ],
    ['a content type with parameters', (draft) => draft.headers.set('content-type', 'Application/JSON; charset=UTF-8')],
    ['more headers', (draft) => draft.headers.set('x-powered-by', 'something')],
  ])('%s', async (_, plant) => {
    await using server = await servePlanted({ [decision]: plant });
    expect(await run(server)).toMatchObject({ deviations: [], failures: [] });
  });
});

function text(value: string) {
  return new TextEncoder().encode(value);
}

function onSuccess(plant: Plant): Plant {
  return (draft) => {
    if (draft.status < 300) plant(draft);
  };
}

function run({ url, mock }: PlantedServer) {
  return verify(contract, {
    baseUrl: url,
    credentials: { clientId: mock.clientId, clientSecret: mock.clientSecret },
    write: true,
    timeoutMs: 10_000,
  });
}
