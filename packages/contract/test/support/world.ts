/** What a schema of the contract may look like, with the body that it describes. */
const schemas: Readonly<Record<string, object | boolean>> = {
  tuple: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false, minItems: 1 },
  'tuple-open': {
    type: 'array',
    prefixItems: [{ const: 'a' }, { $ref: '#/components/schemas/Pet' }],
    items: { type: 'null' },
  },
  unevaluatedItems: {
    type: 'array',
    allOf: [{ prefixItems: [{ type: 'string' }] }, { contains: { type: ['integer', 'string'] } }],
    unevaluatedItems: { type: 'boolean' },
  },
  patternProperties: {
    type: 'object',
    patternProperties: { '^pet-\\d+$': { $ref: '#/components/schemas/Pet' }, '^ñ': { type: 'integer' } },
    additionalProperties: { type: 'boolean' },
  },
  unevaluatedProperties: {
    allOf: [{ $ref: '#/components/schemas/Animal' }, { properties: { owner: { type: ['string', 'null'] } } }],
    unevaluatedProperties: false,
  },
  unevaluatedInTree: { $ref: '#/components/schemas/StrictTree' },
  dependent: {
    type: 'object',
    properties: { card: { type: 'string' }, address: { type: 'string' }, code: { type: 'integer' } },
    dependentRequired: { card: ['address'] },
    dependentSchemas: { code: { required: ['card'], properties: { card: { minLength: 2 } } } },
  },
  contains: { type: 'array', contains: { $ref: '#/components/schemas/Pet' }, minContains: 2, maxContains: 3 },
  'contains-none': { type: 'array', contains: { type: 'string' }, minContains: 0, maxContains: 1 },
  conditional: {
    type: 'object',
    required: ['kind'],
    if: { properties: { kind: { const: 'number' } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { value: { type: 'number' } }, required: ['value'] },
    else: { properties: { value: { type: 'string' } } },
  },
  not: { type: 'object', properties: { a: { not: { $ref: '#/components/schemas/Pet' } }, b: { not: {} } } },
  names: { type: 'object', propertyNames: { pattern: '^[a-c]', maxLength: 4 }, maxProperties: 3 },
  'names-known': { type: 'object', propertyNames: { $ref: '#/components/schemas/Colour' }, minProperties: 1 },
  codePoints: {
    type: 'object',
    properties: { short: { type: 'string', maxLength: 2 }, long: { type: 'string', minLength: 2 } },
  },
  constants: {
    properties: { a: { const: { x: [1, null] } }, b: { enum: [1, 'a', null, { y: 2 }] }, c: { const: null } },
  },
  tree: { $ref: '#/components/schemas/Tree' },
  list: { $ref: '#/components/schemas/Linked' },
  'nullable-type': {
    type: 'object',
    required: ['a'],
    properties: { a: { type: ['integer', 'null'] }, b: { type: 'null' } },
  },
  'nullable-ref': {
    type: 'object',
    properties: {
      a: { anyOf: [{ $ref: '#/components/schemas/Pet' }, { type: 'null' }] },
      b: { oneOf: [{ type: 'null' }, { $ref: '#/components/schemas/Animal' }] },
      c: { anyOf: [{ type: 'string', enum: ['x', 'y'] }, { type: 'null' }] },
      d: { oneOf: [{ type: ['string', 'null'] }, { type: 'null' }] },
      e: { anyOf: [{ const: 1 }, { type: 'null' }] },
      f: { anyOf: [{ type: 'object', not: { required: ['x'] } }, { type: 'null' }], description: 'F.' },
    },
  },
  discriminated: {
    oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
    discriminator: {
      propertyName: 'kind',
      mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' },
    },
  },
  'open-enum': {
    type: 'object',
    properties: {
      a: { $ref: '#/components/schemas/Colour' },
      b: {
        anyOf: [
          { type: 'string', enum: ['a'] },
          { type: 'string', maxLength: 2 },
        ],
      },
      c: { type: ['string', 'null'], anyOf: [{ type: 'string', enum: ['a'] }, { type: 'string' }] },
      d: { anyOf: [{ type: 'string', enum: ['a'] }, { type: 'string' }], minLength: 2 },
    },
  },
  'ref-beside': { $ref: '#/components/schemas/Pet', required: ['age'], properties: { age: { maximum: 9 } } },
  'ref-typed': {
    type: 'object',
    properties: {
      a: { $ref: '#/components/schemas/Colour', type: ['string', 'null'] },
      b: { type: ['string', 'null'], $ref: '#/components/schemas/Colour' },
    },
  },
  'ref-into': {
    type: 'object',
    properties: {
      a: { $ref: '#/components/schemas/Pet/properties/age' },
      b: { $ref: '#/components/schemas/Defined/$defs/inner%20one' },
    },
  },
  numbers: {
    properties: {
      a: { type: 'number', multipleOf: 3 },
      b: { exclusiveMinimum: 1, exclusiveMaximum: 5 },
      c: { type: 'integer', maximum: 4 },
    },
  },
  lists: { type: 'array', uniqueItems: true, maxItems: 3, items: { type: ['object', 'integer', 'string'] } },
  closed: {
    type: 'object',
    properties: { a: true, b: false, größe: { type: 'integer' }, 'it\'s "x"\\': { type: 'string' } },
    additionalProperties: false,
  },
  formats: {
    type: 'object',
    properties: { a: { type: 'string', format: 'date-time', default: 'x', example: '2020' } },
    'x-own': 1,
  },
  'any-thing': {},
  class: true,
  default: { type: 'object', required: ['a'], properties: { a: { type: 'integer', default: 1 } } },
  delete: { type: 'boolean' },
};

const components = {
  schemas: {
    Pet: {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 } },
    },
    Animal: { type: 'object', properties: { kind: { type: 'string' }, legs: { type: 'integer' } } },
    Cat: { type: 'object', required: ['kind'], properties: { kind: { const: 'cat' }, lives: { type: 'integer' } } },
    Dog: { type: 'object', required: ['kind'], properties: { kind: { const: 'dog' }, bark: { type: 'string' } } },
    Colour: { anyOf: [{ type: 'string', enum: ['red', 'blue'] }, { type: 'string' }] },
    Tree: {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string' },
        children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
        parent: { anyOf: [{ $ref: '#/components/schemas/Tree' }, { type: 'null' }] },
      },
    },
    StrictTree: {
      allOf: [{ $ref: '#/components/schemas/Animal' }],
      properties: {
        left: { $ref: '#/components/schemas/StrictTree' },
        right: { $ref: '#/components/schemas/StrictTree' },
      },
      unevaluatedProperties: false,
    },
    Linked: {
      oneOf: [
        { type: 'null' },
        { type: 'object', required: ['next'], properties: { next: { $ref: '#/components/schemas/Linked' } } },
      ],
    },
    Defined: { type: 'object', $defs: { 'inner one': { type: 'array', items: { type: 'integer' } } } },
  },
};

/** The ways in which a 2xx response says that its body is JSON. */
const forms: readonly ((schema: object | boolean) => object)[] = [
  (schema) => ({ '200': response('application/json', schema) }),
  (schema) => ({ '201': response('application/json; charset=utf-8', schema) }),
  (schema) => ({ '2XX': response('Application/JSON', schema) }),
  (schema) => ({ '200': response('application/vnd.thing+json;v=1', schema), '204': { description: 'Nothing.' } }),
  (schema) => ({ default: response('text/json', schema) }),
  (schema) => ({ '200': response('*/*', schema), default: response('application/json', { type: 'string' }) }),
];

/** A contract as others write theirs: an operation for each schema above, each in another form of response. */
export function worldContract(): { openapi: string; info: object; paths: Record<string, object>; components: object } {
  const responses: Record<string, object> = {};
  const paths = Object.entries(schemas).map(([id, schema], index) => {
    const form = forms[index % forms.length] as (typeof forms)[number];
    const described = id === 'tuple' ? { '200': response('application/json', schema) } : form(schema);
    if (index % 2 === 0 || id === 'tuple') return [`/things/${id}`, { get: { operationId: id, responses: described } }];
    const referred = Object.entries(described).map(([status, body]) => {
      const name = `Response-${index}-${status}`;
      responses[name] = body;
      return [status, { $ref: `#/components/responses/${name}` }];
    });
    return [`/things/${id}`, { get: { operationId: id, responses: Object.fromEntries(referred) } }];
  });
  return {
    openapi: '3.1.0',
    info: { title: "Somebody's", version: '1.0.0' },
    paths: {
      ...Object.fromEntries(paths),
      "/it's": { post: { operationId: 'without-responses' } },
      '/shared': { $ref: '#/components/pathItems/Shared' },
    },
    components: {
      ...components,
      responses,
      pathItems: {
        Shared: {
          get: { operationId: 'shared.item', responses: { '200': response('application/json', { type: 'integer' }) } },
        },
      },
    },
  };
}

function response(type: string, schema: object | boolean): object {
  return { description: 'A thing.', content: { [type]: { schema } } };
}
