import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundle, createConfig, makeDocumentFromString } from '@redocly/openapi-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { contractFile } from '../src/repository/paths.ts';

interface Media {
  schema: object;
  examples?: Record<string, { summary?: string; value: unknown }>;
}
interface Body {
  content?: Record<string, Media>;
}
interface Operation {
  operationId: string;
  requestBody?: Body;
  responses: Record<string, Body>;
}

const { bundle: bundled } = await bundle({ ref: contractFile, config: await createConfig({}), dereference: true });
const document = bundled.parsed as {
  paths: Record<string, Record<string, Operation>>;
};

const cases = Object.values(document.paths)
  .flatMap((item) => Object.values(item))
  .flatMap(({ operationId, requestBody, responses }) =>
    Object.entries({ request: requestBody ?? {}, ...responses }).flatMap(([place, body]) =>
      Object.entries(body.content ?? {}).map(([type, media]) => ({ at: `${operationId} ${place} ${type}`, media })),
    ),
  );

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });

describe.each(cases)('$at', ({ media }) => {
  const examples = Object.entries(media.examples ?? {});

  test('has named examples', () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  test.each(examples)('%s fits its schema', (_, example) => {
    const validate = ajv.compile(media.schema);
    validate(example.value);
    expect(validate.errors).toBeNull();
    expect(example.summary).toBeTruthy();
  });
});

test('every example file is referred to, and by nothing but its name', async () => {
  const text = await readFile(contractFile, 'utf8');
  const files = await readdir(join(dirname(contractFile), 'examples'));
  const referred = new Set([...text.matchAll(/\$ref: examples\/(\S+)/g)].map(([, name]) => name));
  expect([...referred].sort()).toEqual(files.sort());
});

test('the package exports the contract in both forms and every example', async () => {
  const directory = dirname(contractFile);
  const { exports } = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  const examples = (await readdir(join(directory, 'examples'))).sort().map((name) => `./examples/${name}`);
  const files = ['./didit-data.yaml', './openapi.json', './sources.yaml', ...examples, './package.json'];
  expect(exports).toEqual(Object.fromEntries(files.map((file) => [file, file])));
});

test('the bundled contract refers to nothing outside of it, and describes the same', async () => {
  const text = await readFile(join(dirname(contractFile), 'openapi.json'), 'utf8');
  expect([...text.matchAll(/"\$ref": "(?!#)/g)]).toEqual([]);
  const json = await bundle({
    doc: makeDocumentFromString(text, join(dirname(contractFile), 'openapi.json')),
    config: await createConfig({}),
    dereference: true,
  });
  const { components: _named, ...described } = json.bundle.parsed as Record<string, unknown>;
  const { components: _same, ...expected } = bundled.parsed as Record<string, unknown>;
  expect(described).toEqual(expected);
});

test("the documented decision is the page's own, with nothing but its trailing comma mended", async () => {
  const file = join(dirname(contractFile), 'examples/decision.confirmed.json');
  const { value } = JSON.parse(await readFile(file, 'utf8'));
  expect(value).toMatchObject({
    session_number: 12345,
    status: 'Confirmed',
    scope: 'pictures names email',
    user_data: { email: { email: 'alejandro.rosas@example.com' }, phone: { phone_number: '+34123456789' } },
    created_at: '2024-08-01T10:30:00.000Z',
  });
});

test("the contract's version is the package's", async () => {
  const manifest = JSON.parse(await readFile(join(dirname(contractFile), 'package.json'), 'utf8'));
  expect((bundled.parsed as { info: { version: string } }).info.version).toBe(manifest.version);
});
