import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Workspace } from '../support/workspace.ts';

const file = 'openapi/didit-data.yaml';
const generated = 'packages/client/src/generated';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
});
afterEach(() => workspace.restore());
afterAll(() => workspace.remove());

interface Operation {
  operationId?: string;
  responses?: Record<string, object>;
  [member: string]: unknown;
}
interface Contract {
  openapi: string;
  paths?: Record<string, Record<string, unknown>>;
  webhooks?: object;
  components?: Record<string, Record<string, object>>;
  [member: string]: unknown;
}

type Validator = (value: unknown) => boolean;
let imports = 0;

interface Working {
  readonly name: string;
  readonly contract: Contract;
  /** By operationId: bodies that pass, and bodies that do not. */
  readonly bodies: Readonly<Record<string, readonly [pass: readonly unknown[], refuse: readonly unknown[]]>>;
}

const strings = [['a'], [1]] as const;
const ids = [
  'get-thing',
  'delete',
  'class',
  'default',
  'a.b',
  "it's",
  'x'.repeat(300),
  'await',
  '1st',
  'a*/b',
  'getThing',
];
const tree = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
};

const working: readonly Working[] = [
  {
    name: 'operationIds that are not identifiers, or reserved words',
    contract: contract(Object.fromEntries(ids.map((id, index) => [`/things/${index}`, { get: operation(id) }]))),
    bodies: Object.fromEntries(ids.map((id) => [id, strings])),
  },
  {
    name: 'an operation without responses',
    contract: contract({
      '/thing': { get: operation('getThing') },
      '/other': { get: { ...operation('getOther'), responses: undefined } },
    }),
    bodies: { getThing: strings },
  },
  {
    name: 'no components',
    contract: contract({ '/thing': { get: operation('getThing') } }),
    bodies: { getThing: strings },
  },
  {
    name: 'a path item by reference',
    contract: contract(
      { '/thing': { $ref: '#/components/pathItems/Thing' } },
      { pathItems: { Thing: { get: operation('getThing') } } },
    ),
    bodies: { getThing: strings },
  },
  {
    name: 'parameters by reference, and of the path',
    contract: contract(
      {
        '/things/{id}': {
          parameters: [{ $ref: '#/components/parameters/Id' }],
          get: { ...operation('getThing'), parameters: [{ $ref: '#/components/parameters/Limit' }] },
        },
      },
      {
        parameters: {
          Id: { name: 'id', in: 'path', required: true, description: 'D.', schema: { type: 'string' } },
          Limit: { name: 'limit', in: 'query', description: 'D.', schema: { type: 'integer', default: 10 } },
        },
      },
    ),
    bodies: { getThing: strings },
  },
  {
    name: 'a response by reference',
    contract: contract(
      {
        '/thing': {
          get: {
            ...operation('getThing'),
            responses: { '200': { $ref: '#/components/responses/Thing' }, '404': { description: 'None.' } },
          },
        },
      },
      { responses: { Thing: text('application/problem+json; charset=utf-8', { type: 'string' }) } },
    ),
    bodies: { getThing: strings },
  },
  { name: 'an empty schema', contract: ofSchema({}), bodies: { getThing: [[1, null, {}], []] } },
  {
    name: 'a member that must be absent',
    contract: ofSchema({ type: 'object', properties: { gone: false, kept: true } }),
    bodies: { getThing: [[{}, { kept: 1 }], [{ gone: 1 }]] },
  },
  {
    name: 'a tree',
    contract: ofSchema({ $ref: '#/components/schemas/Tree' }, { Tree: tree }),
    bodies: {
      getThing: [
        [{ name: 'a', children: [{ name: 'b', children: [{ name: 'c' }] }] }],
        [
          {
            name: 'a',
            children: [{ name: 'b', children: [{ name: 'c', children: [{ name: 'd', children: [{}] }] }] }],
          },
        ],
      ],
    },
  },
  {
    name: 'null in each of its forms',
    contract: ofSchema({
      type: 'object',
      properties: {
        a: { type: ['string', 'null'] },
        b: { anyOf: [{ type: 'null' }, { type: 'object', properties: { x: { type: 'integer' } } }] },
        c: { oneOf: [{ type: 'string', enum: ['x'] }, { type: 'null' }] },
        d: { type: ['string', 'null'], enum: ['x', null] },
        e: { type: 'null' },
      },
    }),
    bodies: {
      getThing: [
        [
          { a: null, b: null, c: null, d: null, e: null },
          { a: '', b: { x: 1 }, c: 'x', d: 'x' },
        ],
        [{ a: 1 }, { b: { x: null } }, { c: 'y' }, { d: 'y' }, { e: 0 }],
      ],
    },
  },
  {
    name: 'names that are not ASCII',
    contract: ofSchema({
      type: 'object',
      required: ['größe'],
      properties: { größe: { type: 'integer' }, 名前: { type: 'string' } },
    }),
    bodies: { getThing: [[{ größe: 1, 名前: 'a' }], [{}, { größe: 1, 名前: 2 }]] },
  },
  {
    name: 'a description and an example that mention another file',
    contract: ofSchema({
      type: 'object',
      description: 'Write `$ref: other.yaml`\n$ref: other.yaml\n"$ref": "other.yaml"',
      properties: { $ref: { type: 'string', description: '$ref: a.yaml' } },
      default: { text: '$ref: other.yaml' },
    }),
    bodies: { getThing: [[{ $ref: 'a' }], [{ $ref: 1 }]] },
  },
  {
    name: 'a reference to a member of a component',
    contract: ofSchema(
      {
        type: 'object',
        properties: {
          name: { $ref: '#/components/schemas/Tree/properties/name' },
          tree: { $ref: '#/components/schemas/Tree' },
        },
      },
      { Tree: tree },
    ),
    bodies: { getThing: [[{ name: 'a' }], [{ name: 1 }]] },
  },
  {
    name: 'webhooks beside the paths',
    contract: {
      ...contract({ '/thing': { get: operation('getThing') } }),
      webhooks: { thing: { post: operation('onThing') } },
    },
    bodies: { getThing: strings },
  },
];

describe('a contract with', () => {
  test.each(working)('$name generates code that compiles and validates', async ({ contract: document, bodies }) => {
    const { code, stderr } = await generate(document);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(diagnostics()).toEqual([]);
    const found = await validators();
    expect(Object.keys(found).sort()).toEqual(Object.keys(bodies).sort());
    for (const [id, [pass, refuse]] of Object.entries(bodies)) {
      for (const body of pass) expect(found[id]?.(body), JSON.stringify(body)).toBe(true);
      for (const body of refuse) expect(found[id]?.(body), JSON.stringify(body)).toBe(false);
    }
  });
});

interface Refused {
  readonly name: string;
  readonly contract: Contract;
  /** The text of the line that the message names. */
  readonly line: RegExp;
  readonly says: RegExp;
}

const refused: readonly Refused[] = [
  {
    name: 'the schema true for a body',
    contract: ofSchema(true),
    line: /"schema": true/,
    says: /got `boolean`.*\n {2}Write `\{\}` for true/,
  },
  {
    name: 'no operation',
    contract: contract({}),
    line: /"paths"/,
    says: /has no operation\.\n {2}Describe one under `paths`/,
  },
  {
    name: 'webhooks alone',
    contract: { ...contract({}), paths: undefined as never, webhooks: { thing: { post: operation('onThing') } } },
    line: /\{/,
    says: /has no operation\.\n {2}Describe one under `paths`/,
  },
  {
    name: 'a path item for two paths',
    contract: contract(
      { '/a': { $ref: '#/components/pathItems/Thing' }, '/b': { $ref: '#/components/pathItems/Thing' } },
      { pathItems: { Thing: { get: operation('getThing') } } },
    ),
    line: /"get"/,
    says: /GET \/b has the operationId `getThing`, which is in use\.\n {2}Give each operation an operationId of its own/,
  },
  {
    name: 'a JSON success without a schema',
    contract: contract({
      '/thing': {
        get: {
          ...operation('getThing'),
          responses: { '2XX': { description: 'D.', content: { 'text/json': {} } }, '404': { description: 'N.' } },
        },
      },
    }),
    line: /"text\/json"/,
    says: /2XX response of `getThing` is JSON without a schema.*\n {2}Describe the body in `schema`/,
  },
  {
    name: 'a schema that is itself',
    contract: ofSchema(
      { $ref: '#/components/schemas/A' },
      {
        A: { anyOf: [{ $ref: '#/components/schemas/B' }, { type: 'integer' }] },
        B: { anyOf: [{ $ref: '#/components/schemas/A' }, { type: 'string' }] },
      },
    ),
    line: /"[AB]"/,
    says: /The schema refers to itself\.\n {2}Put a member or an item/,
  },
  {
    name: 'a pattern that is none',
    contract: ofSchema({ type: 'string', pattern: '[a-' }),
    line: /"schema"|"pattern"/,
    says: /The pattern "\[a-" is not a regular expression\.\n {2}Write it as/,
  },
  {
    name: 'a dynamic reference',
    contract: ofSchema({ type: 'array', items: { $dynamicRef: '#thing' } }),
    line: /"\$dynamicRef"/,
    says: /`\$dynamicRef` cannot be enforced\.\n {2}Leave it out/,
  },
  {
    name: 'a reference into an operation',
    contract: contract({
      '/a': { get: operation('getA') },
      '/b': { get: operation('getB', { $ref: '#/paths/~1a/get/responses/200/content/application~1json/schema' }) },
    }),
    line: /"\$ref"/,
    says: /has no name in the generated types\.\n {2}Make what it names a component/,
  },
  {
    name: 'another version of OpenAPI',
    contract: { ...ofSchema({ type: 'string' }), openapi: '3.0.3' },
    line: /"openapi"|"identifier"/,
    says: /OpenAPI 3\.0\.3\.\n {2}Write it as OpenAPI 3\.1|`identifier`/,
  },
  {
    name: 'a non-ASCII operationId',
    contract: contract({ '/thing': { get: operation('größe') } }),
    line: /"operationId"/,
    says: /should not have URL invalid characters.*\n {2}Name it with/,
  },
];

test.each(refused)(
  'a contract with $name is refused, with line and remedy',
  async ({ contract: document, line, says }) => {
    const { code, stdout, stderr } = await generate(document);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^ {4}at |undefined|\[object/m);
    const place = /^openapi\/didit-data\.yaml:(\d+)(:\d+)?: /.exec(stderr);
    expect(JSON.stringify(document, null, 2).split('\n')[Number(place?.[1]) - 1]).toMatch(line);
    expect(stderr).toContain('Then run: pnpm contract generate');
    expect(await workspace.changed()).toEqual([` M ${file}`, ' M openapi/redocly.yaml']);
  },
);

test('a member with a default may be left out of a request, and may be absent from a response', async () => {
  const schema = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, size: { type: 'integer', default: 10 } },
  };
  const post = { ...operation('addThing', schema), requestBody: { content: { 'application/json': { schema } } } };
  expect(await generate(contract({ '/thing': { post } }))).toMatchObject({ code: 0 });
  await workspace.write(
    'use.ts',
    `import type { operations } from './${generated}/openapi.ts';
type Add = operations['addThing'];
export const sent: NonNullable<Add['requestBody']>['content']['application/json'] = { id: 'a' };
declare const body: Add['responses'][200]['content']['application/json'];
export const size: number | undefined = body.size;
// @ts-expect-error the service may leave it out
export const sure: number = body.size;
`,
  );
  expect(diagnostics(['use.ts'])).toEqual([]);
});

function text(type: string, schema: unknown): object {
  return { description: 'D.', content: { [type]: { schema } } };
}

function operation(operationId: string, schema: unknown = { type: 'string' }): Operation {
  const responses = { '200': text('application/json', schema), '404': { description: 'None.' } };
  return { operationId, tags: ['Things'], summary: 'Get a thing.', description: 'D.', security: [], responses };
}

/** A contract that the rules of the lint accept, of one operation unless `paths` says otherwise. */
function contract(paths: Contract['paths'], components: Contract['components'] = {}): Contract {
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '0.0.0', description: 'D.', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: 'https://things.test' }],
    tags: [{ name: 'Things', description: 'D.' }],
    paths: paths ?? {},
    ...(Object.keys(components).length > 0 && { components }),
  };
}

function ofSchema(schema: unknown, schemas: Record<string, object> = {}): Contract {
  return contract(
    { '/thing': { get: operation('getThing', schema) } },
    Object.keys(schemas).length > 0 ? { schemas } : {},
  );
}

/** Other people's contracts say nothing of their sources. */
async function generate(document: Contract) {
  const rules = await workspace.read('openapi/redocly.yaml');
  await workspace.write('openapi/redocly.yaml', rules.replace('facts/marked: error', 'facts/marked: off'));
  await workspace.write(file, JSON.stringify(document, null, 2));
  return workspace.contract('generate');
}

function diagnostics(files = ['openapi.ts', 'contract.ts', 'validators.d.ts'].map((name) => `${generated}/${name}`)) {
  const program = ts.createProgram(
    files.map((name) => join(workspace.root, name)),
    {
      ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, types: [], allowImportingTsExtensions: true },
      ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext },
    },
  );
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

async function validators(): Promise<Record<string, Validator>> {
  const { href } = pathToFileURL(join(workspace.root, generated, 'validators.js'));
  return import(`${href}?${imports++}`);
}
