const text = { type: 'string', minLength: 1 };

/** What `openapi/upstream/sources.yaml` holds. */
export const sourceSchema = {
  type: 'object',
  minProperties: 1,
  additionalProperties: {
    type: 'object',
    required: ['kind', 'title', 'read'],
    additionalProperties: false,
    properties: {
      kind: { enum: ['documentation', 'standard', 'vendor-code', 'vendor-other', 'community'] },
      title: text,
      url: { type: 'string', pattern: '^https://' },
      read: { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' },
      note: text,
    },
  },
};
