import { _, CodeGen, type CodeKeywordDefinition } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { build, type Plugin } from 'esbuild';
import type { Located } from '../document/document.ts';
import { type Contract, withLines } from '../document/load.ts';
import type { Schema } from '../document/schema.ts';
import { PlaceError } from '../errors.ts';
import { type ValidationSchemas, validationSchemas } from './validation-schemas.ts';

/**
 * Makes the validators of each operation's 2xx body as one ES module without imports, `eval` or `new Function`. It
 * exports each by its operationId, which need not be an identifier.
 *
 * They return the verdict of JSON Schema 2020-12. Formats and the known values of open enums are not enforced.
 * `discriminator` adds nothing to `oneOf`. Members that the contract does not name pass.
 *
 * @throws {ContractError} when a schema cannot be enforced: the message names file and line
 */
export async function generateValidators({ document, operations, locate }: Contract): Promise<string> {
  const names = new Map<string, string>();
  const roots = new Map<string, Located<Schema | boolean>>();
  for (const { id, successSchemas } of operations) {
    const distinct = [...new Map(successSchemas.map((schema) => [JSON.stringify(schema.node), schema])).values()];
    const [first, ...more] = distinct;
    if (!first) continue;
    const name = `validator${names.size}`;
    names.set(name, id);
    const node = more.length === 0 ? first.node : { anyOf: distinct.map((schema) => schema.node as Schema) };
    roots.set(name, { node, pointer: first.pointer });
  }
  const code = withLines(locate, () => compile(validationSchemas(document, roots), [...names.keys()]));
  return bundled(code, names);
}

const unread = ['schemaPath', 'params', 'propertyName'];

function compile({ schemas, hasUnevaluated }: ValidationSchemas, roots: readonly string[]): string {
  const ajv = new Ajv2020({
    strict: false,
    meta: false,
    validateSchema: false, // the lint has done this
    allErrors: true,
    validateFormats: false,
    logger: false,
    code: { source: true, esm: true, optimize: 2 },
  });
  // Ajv2020 sets both and ignores its options. What no schema uses needs no code.
  ajv.opts.unevaluated = hasUnevaluated;
  ajv.opts.dynamicRef = false;
  const { keyword: _names, ...limitLength } = ajv.getKeyword('minLength') as CodeKeywordDefinition;
  ajv.removeKeyword('minLength').addKeyword(minLength(limitLength));
  for (const [name, { node }] of schemas) ajv.addSchema(node === true ? {} : node === false ? { not: {} } : node, name);
  try {
    return withoutUnreadMembers(() => standalone.default(ajv, Object.fromEntries(roots.map((name) => [name, name]))));
  } catch (error) {
    throw failedSchema(ajv, schemas) ?? error;
  }
}

/** Compares with 0 and 1 by `length`: counting code points has the same result there and needs more code. */
function minLength(limitLength: Omit<CodeKeywordDefinition, 'keyword'>): CodeKeywordDefinition {
  return {
    ...limitLength,
    keyword: 'minLength',
    code(context, ruleType) {
      if (context.schema > 1) limitLength.code(context, ruleType);
      else context.fail(_`${context.data}.length < ${context.schema}`);
    },
  };
}

/** The last schema that cannot be compiled: the others refer to it. */
function failedSchema(ajv: Ajv2020, schemas: ValidationSchemas['schemas']): PlaceError | undefined {
  let failed: PlaceError | undefined;
  for (const [name, { pointer }] of schemas) {
    try {
      ajv.getSchema(name);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failed = new PlaceError(`The schema cannot be enforced: ${reason}`, pointer, 'Correct the schema.');
    }
  }
  return failed;
}

/**
 * Omits members of errors that nobody reads: the place in the schema is a fifth of the code, and the parameters may
 * hold names from the body. ajv has no option for this, but builds errors in one function.
 */
function withoutUnreadMembers<T>(generate: () => T): T {
  const { object } = CodeGen.prototype;
  CodeGen.prototype.object = function (...members) {
    return object.apply(
      this,
      members.filter(([name]) => !unread.includes(String(name))),
    );
  };
  try {
    return generate();
  } finally {
    CodeGen.prototype.object = object;
  }
}

/** Includes what ajv's code imports from its runtime, and exports each validator by its operationId. */
async function bundled(contents: string, names: ReadonlyMap<string, string>): Promise<string> {
  const resolveDir = import.meta.dirname;
  const validators: Plugin = {
    name: 'validators',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^validators$/ }, ({ path }) => ({ path, namespace: 'validators' }));
      onLoad({ filter: /^validators$/, namespace: 'validators' }, () => ({ contents, resolveDir, loader: 'js' }));
    },
  };
  const exported = [...names].map(([name, id]) => `${name} as ${JSON.stringify(id)}`);
  const { outputFiles } = await build({
    stdin: { contents: `export { ${exported.join(', ')} } from 'validators';`, resolveDir, loader: 'js' },
    plugins: [validators],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    treeShaking: true,
    minifyWhitespace: true, // removes the comments that name source paths; the code is formatted later
    write: false,
    logLevel: 'silent',
  });
  const [output] = outputFiles;
  if (!output) throw new Error('esbuild made no output');
  return output.text;
}
