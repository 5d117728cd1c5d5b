import { mkdir, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { operationsIn, resolved, within } from '../document/document.ts';
import { type Contract, loadContract } from '../document/load.ts';
import { writeFiles } from '../repository/files.ts';
import { run } from '../repository/run.ts';
import { generateTypes } from './types.ts';
import { generateValidators } from './validators.ts';

const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

/** Generated files by name. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** Makes the generated code of a contract in memory. The same contract always has the same code. */
export async function generate(contractFile: string): Promise<GeneratedFiles> {
  return generateFrom(await loadContract(contractFile));
}

/** The same for a contract that was read. */
export async function generateFrom(contract: Contract): Promise<GeneratedFiles> {
  const [types, validators] = await Promise.all([generateTypes(contract), generateValidators(contract)]);
  const files = {
    'openapi.ts': types,
    'contract.ts': contractModule(contract),
    'validators.js': validators,
    'validators.d.ts': validatorsDeclaration(contract),
  };
  const formatted = await Promise.all(
    Object.entries(files).map(async ([name, text]) => [name, await format(name, banner(contract) + text)] as const),
  );
  return new Map(formatted);
}

/** Writes generated files and removes every other file of the directory. */
export async function writeGenerated(files: GeneratedFiles, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const stale = (await readdir(directory)).filter((name) => !files.has(name));
  await writeFiles(new Map([...files].map(([name, text]) => [join(directory, name), text])));
  await Promise.all(stale.map((name) => rm(join(directory, name), { recursive: true })));
}

/**
 * The contract as one JSON document without references to other files, for tools that read one file. Each operation
 * holds its own responses: orval cannot name those of `components`.
 */
export function bundledContract({ document }: Contract): string {
  const copy = structuredClone(document);
  for (const operation of operationsIn(copy)) {
    const responses: Record<string, object> = operation.node.responses;
    for (const [status, response] of Object.entries(operation.node.responses)) {
      responses[status] = resolved(copy, within(operation, response, 'responses', status)).node;
    }
  }
  const { components } = copy;
  const text = JSON.stringify({ ...copy, components: { ...components, responses: undefined } }, null, 2);
  return `${text.includes('"#/components/responses/') ? JSON.stringify(copy, null, 2) : text}\n`;
}

function banner({ sha256 }: Contract): string {
  return `/*
 * Generated from openapi/didit-data.yaml by \`pnpm contract generate\`. Do not edit: edit the contract.
 * Contract SHA-256: ${sha256}
 */
`;
}

function contractModule({ document, sha256, operations }: Contract): string {
  const rows = operations.map(
    ({ id, method, path }) => `${JSON.stringify(id)}: { method: '${method}', path: ${JSON.stringify(path)} },`,
  );
  return `
/** Version of the contract that this code was generated from. */
export const contractVersion: string = ${JSON.stringify(document.info.version)};

/** SHA-256 of the contract that this code was generated from, hexadecimal. */
export const contractSha256 = '${sha256}';

/** Every operation of the contract with its method and path template. */
export const operations = {
${rows.join('\n')}
} as const;
`;
}

function validatorsDeclaration({ operations }: Contract): string {
  const validators = operations
    .filter(({ successSchemas }) => successSchemas.length > 0)
    .map(({ id }, index) => {
      const name = `validator${index}`; // an operationId need not be an identifier
      const exported = /^[A-Za-z_$][\w$]*$/.test(id) ? id : JSON.stringify(id);
      return `/** Checks the 2xx bodies of \`${id.replaceAll('*/', '*\\/')}\`. */\ndeclare const ${name}: Validator;\nexport { ${name} as ${exported} };`;
    });
  return `
/** One way in which a value does not match its schema. It names the place and the rule, never the value. */
export interface Violation {
  /** JSON pointer into the body, for example \`/user_data/email\`. */
  readonly instancePath: string;
  /** The schema's keyword, for example \`type\`. */
  readonly keyword: string;
  /** For example \`must be boolean\`. */
  readonly message?: string;
}

export interface Validator {
  (value: unknown): boolean;
  /** What the last call found. */
  errors?: readonly Violation[] | null;
}

${validators.join('\n\n')}
`;
}

async function format(name: string, text: string): Promise<string> {
  const file = `packages/client/src/generated/${name}`;
  const { code, stdout, stderr } = await run(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], {
    stdin: text,
  });
  if (code !== 0) throw new Error(`Biome cannot format ${file}: ${stderr}`);
  return stdout;
}
