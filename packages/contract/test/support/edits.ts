import { readFileSync } from 'node:fs';
import { contractFile } from '../../src/repository/paths.ts';

const contract = 'openapi/didit-data.yaml';

/** A replacement of a text that stands in a file exactly once. */
interface Replacement {
  /** Default: the contract. */
  readonly file?: string;
  readonly from: string;
  readonly to: string;
}

/** An edit of the contract and what must follow from it, from 1.0.0 on. */
export interface Edit {
  readonly name: string;
  readonly replacements: readonly Replacement[];
  /** The bump of contract, client and mock. */
  readonly bump: 'major' | 'minor' | 'patch';
  /** That of the client, where it is another one. */
  readonly clientBump?: 'major';
  /** Lines of the changelog. */
  readonly says: readonly string[];
  /** Lines that the generated types gain and lose, without indentation. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** Generated files whose code changes, not only their mark of the contract. */
  readonly generated: readonly string[];
  /** Where the client's own code no longer compiles: what is left to a person. */
  readonly client?: readonly string[];
  /** Where the sample app no longer compiles. */
  readonly sample?: readonly string[];
}

const text = readFileSync(contractFile, 'utf8');

const url = between('        url:\n          type: string', '    SessionState:\n');
const statusOperation = between(
  '  /auth/v2/session/{session_id}/status/:',
  '  /auth/v2/session/{session_id}/decision/:',
);
const decisionOperation = between('  /auth/v2/session/{session_id}/decision/:', 'components:\n');
const language =
  '        - { name: lang, in: query, description: Language of the names., x-evidence: assumed, x-source: demo, schema: { type: string } }\n';

/** Makes what the edits need and the contract does not have: an optional parameter. */
export const preparation: readonly Replacement[] = [
  {
    from: decisionOperation,
    to: decisionOperation.replace('      parameters:\n', (line) => line + language),
  },
];

const prepared = preparation[0]?.to ?? '';

export const edits: readonly Edit[] = [
  {
    name: 'field added',
    replacements: [
      {
        from: url,
        to: `${url.trimEnd()}\n        short_url:\n          type: string\n          description: For SMS.\n\n`,
      },
    ],
    bump: 'minor',
    says: ['- `Session.short_url`: Property `short_url` of `Session` was added.'],
    gained: ['/** @description For SMS. */', 'short_url?: string;'],
    lost: [],
    generated: ['openapi.ts', 'validators.js'],
  },
  {
    name: 'field removed',
    replacements: [
      { from: url, to: '\n' },
      { from: 'required: [session_id, session_token, url]', to: 'required: [session_id, session_token]' },
    ],
    bump: 'major',
    says: [
      '- **Breaking** for readers. `Session.url`: Property `url` of `Session` was removed.',
      '- **Breaking** in TypeScript. createSession 200.url: is no longer there (and in 1 more place)',
      "- **Breaking** in TypeScript. packages/client/examples/first-decision.ts:7: Property 'url' does not exist",
    ],
    gained: [],
    lost: ['/** @description Where the person decides. Show it as a QR code or a link. */', 'url: string;'],
    generated: ['openapi.ts', 'validators.js'],
    sample: ['apps/sample/src/flow/start-session.ts'],
  },
  {
    name: 'field renamed',
    replacements: [
      {
        from: '        vendor_data:\n          type: [string, "null"]\n',
        to: '        vendor_reference:\n          type: [string, "null"]\n',
      },
    ],
    bump: 'major',
    says: [
      '- **Breaking** for readers. `Decision.vendor_data`: Property `vendor_data` of `Decision` was removed.',
      '- `Decision.vendor_reference`: Property `vendor_reference` of `Decision` was added.',
      '- **Breaking** in TypeScript. getSessionDecision 200.vendor_data: is no longer there',
    ],
    gained: ['vendor_reference?: string | null;'],
    lost: ['vendor_data?: string | null;'],
    generated: ['openapi.ts', 'validators.js'],
    sample: ['apps/sample/src/flow/outcome.ts'],
  },
  {
    name: 'field retyped',
    replacements: [
      {
        from: '        is_verified:\n          type: [boolean, "null"]\n        is_primary:\n          type: [boolean, "null"]\n\n    Phone:',
        to: '        is_verified:\n          type: [string, boolean, "null"]\n        is_primary:\n          type: [boolean, "null"]\n\n    Phone:',
      },
    ],
    bump: 'major',
    says: [
      '- **Breaking** for readers. `Email.is_verified`: Type of `is_verified` widened',
      '- **Breaking** in TypeScript. packages/client/test-d/client.test-d.ts:',
    ],
    gained: ['is_verified?: string | boolean | null;'],
    lost: ['is_verified?: boolean | null;'],
    generated: ['openapi.ts', 'validators.js'],
    sample: ['apps/sample/src/flow/shared-items.ts'],
  },
  {
    name: 'field made nullable',
    replacements: [
      {
        from: '        session_token:\n          type: string\n',
        to: '        session_token:\n          type: [string, "null"]\n',
      },
    ],
    bump: 'major',
    says: [
      '- **Breaking** for readers. `Session.session_token`: Type of `session_token` widened',
      '- **Breaking** in TypeScript. createSession 200.session_token: was `string` and is `string | null`',
    ],
    gained: ['session_token: string | null;'],
    lost: ['session_token: string;'],
    generated: ['openapi.ts', 'validators.js'],
    sample: ['apps/sample/src/flow/start-session.ts'],
  },
  {
    name: 'field of a request made required',
    replacements: [
      { from: 'required: [scope]', to: 'required: [scope, vendor_data]' },
      {
        file: 'openapi/examples/create-session.without-vendor-data.json',
        from: '"value": {\n',
        to: '"value": {\n    "vendor_data": "user-42",\n',
      },
    ],
    bump: 'major',
    says: [
      '- **Breaking** for writers. `CreateSessionRequest`: Properties of `CreateSessionRequest` became required: `vendor_data`.',
      '- **Breaking** in TypeScript. createSession requestBody.vendor_data: was `string | undefined` and is `string`',
    ],
    gained: ['vendor_data: string;'],
    lost: ['vendor_data?: string;'],
    generated: ['openapi.ts'],
    client: ['packages/client/src/sessions.ts'],
  },
  {
    name: 'field of a response made required',
    replacements: [
      { from: 'required: [session_id, status]', to: 'required: [session_id, status, created_at]' },
      {
        file: 'openapi/examples/decision.minimal.json',
        from: '"value": {\n',
        to: '"value": {\n    "created_at": null,\n',
      },
    ],
    bump: 'minor',
    says: ['- `Decision`: `required` of `Decision` gained `created_at`.', '- `decision.minimal`: The example changed.'],
    gained: ['created_at: string | null;'],
    lost: ['created_at?: string | null;'],
    generated: ['openapi.ts', 'validators.js'],
  },
  {
    name: 'enum value added',
    replacements: [{ from: 'cancelled, expired]', to: 'cancelled, expired, paused]' }],
    bump: 'minor',
    says: ["- `SessionStatus`: Enum gained values: 'paused'."],
    gained: ["| 'paused'"],
    lost: [],
    generated: ['openapi.ts'],
  },
  {
    name: 'enum value removed',
    replacements: [{ from: 'cancelled, expired]', to: 'cancelled]' }],
    bump: 'minor',
    says: ['- `SessionStatus`: `enum` of `SessionStatus` lost `expired`.'],
    gained: [],
    lost: ["| 'expired'"],
    generated: ['openapi.ts'],
  },
  {
    name: 'response added',
    replacements: [
      {
        from: prepared,
        to: prepared.replace(
          '        "404":',
          (line) => `        "409":\n          $ref: "#/components/responses/BadRequest"\n${line}`,
        ),
      },
    ],
    bump: 'minor',
    says: ['- `getSessionDecision 409`: Response `409` was added.'],
    gained: ["409: components['responses']['BadRequest'];"],
    lost: [],
    generated: ['openapi.ts'],
  },
  {
    name: 'response removed',
    replacements: [
      {
        from: prepared,
        to: prepared.replace('        "404":\n          $ref: "#/components/responses/NotFound"\n', ''),
      },
    ],
    bump: 'major',
    says: [
      '- **Breaking** for readers. `getSessionDecision 404`: Response `404` was removed.',
      '- **Breaking** in TypeScript. getSessionDecision 404: is no longer there',
    ],
    gained: [],
    lost: ["404: components['responses']['NotFound'];"],
    generated: ['openapi.ts'],
  },
  {
    name: 'operation added',
    replacements: [
      {
        from: statusOperation,
        to:
          statusOperation +
          statusOperation
            .replace('/status/:', '/state/:')
            .replace('operationId: getSessionStatus', 'operationId: getSessionState'),
      },
    ],
    bump: 'minor',
    says: ['Path `/auth/v2/session/{session_id}/state/` with `getSessionState` was added.'],
    gained: ["'/auth/v2/session/{session_id}/state/': {", "get: operations['getSessionState'];"],
    lost: [],
    generated: ['contract.ts', 'openapi.ts', 'validators.d.ts', 'validators.js'],
  },
  {
    name: 'operation removed',
    replacements: [
      { from: statusOperation, to: '' },
      { from: between('    DataSessionToken:\n', '  headers:\n'), to: '\n' },
      { from: between('    SessionState:\n', '    DecisionStatus:\n'), to: '' },
    ],
    bump: 'major',
    says: [
      '- **Breaking** for readers and writers.',
      'Path `/auth/v2/session/{session_id}/status/` was removed.',
      '- **Breaking** in TypeScript. operations.getSessionStatus: is no longer there',
    ],
    gained: [],
    lost: ["get: operations['getSessionStatus'];", 'SessionState: {'],
    generated: ['contract.ts', 'openapi.ts', 'validators.d.ts', 'validators.js'],
    client: ['packages/client/src/sessions.ts', 'packages/client/src/types.ts'],
  },
  {
    name: 'parameter made required',
    replacements: [{ from: language, to: language.replace('in: query,', 'in: query, required: true,') }],
    bump: 'major',
    says: [
      '- **Breaking** for writers. `getSessionDecision parameter lang`:',
      '- **Breaking** in TypeScript. getSessionDecision parameters.query',
    ],
    gained: ['lang: string;'],
    lost: ['lang?: string;'],
    generated: ['openapi.ts'],
    client: ['packages/client/src/sessions.ts'],
  },
  {
    name: 'schema renamed, which the wire never shows',
    replacements: [
      { from: '    Names:\n', to: '    PersonNames:\n' },
      { from: '"#/components/schemas/Names"', to: '"#/components/schemas/PersonNames"' },
    ],
    bump: 'minor',
    clientBump: 'major',
    says: ['- **Breaking** in TypeScript. components.schemas.Names: is no longer there'],
    gained: ['PersonNames: {', "names?: components['schemas']['PersonNames'] | null;"],
    lost: ['Names: {', "names?: components['schemas']['Names'] | null;"],
    generated: ['openapi.ts'],
  },
  {
    name: 'text changed',
    replacements: [{ from: 'Numeric identifier of the session.', to: 'Number of the session.' }],
    bump: 'patch',
    says: ['- `Decision.session_number`: `description` of `Decision.session_number` changed'],
    gained: ['/** @description Number of the session. */'],
    lost: [],
    generated: ['openapi.ts'],
  },
  {
    name: 'example changed',
    replacements: [{ file: 'openapi/examples/decision.confirmed.json', from: '"John Doe"', to: '"Jane Doe"' }],
    bump: 'patch',
    says: ['- `decision.confirmed`: The example changed.'],
    gained: [],
    lost: [],
    generated: [],
  },
];

/** The files that an edit touches. */
export function filesOf({ replacements }: Edit): string[] {
  return [...new Set(replacements.map(({ file = contract }) => file))].sort();
}

/** The text of the contract between two of its lines; the first is part of it. */
function between(from: string, to: string): string {
  const start = text.indexOf(from);
  const end = text.indexOf(to, start);
  if (start < 0 || end < 0) throw new Error(`the contract holds no text from ${from} to ${to}`);
  return text.slice(start, end);
}
