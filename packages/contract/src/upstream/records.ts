import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { ContractError } from '../contract-error.ts';
import { createLocator, type Locate, lineOf, type Place } from '../locate.ts';
import { rootDirectory } from '../paths.ts';
import { sourceSchema } from './source-schema.ts';

/** A fact as a record states it; see `record.schema.json`. */
export interface Fact {
  readonly request?: string;
  readonly credentials?: readonly string[];
  readonly parameter?: string;
  readonly in?: string;
  readonly body?: string;
  readonly sent?: string;
  readonly response?: Statuses;
  readonly media?: readonly string[];
  readonly header?: string;
  readonly field?: string;
  readonly scope?: string;
  readonly credential?: string;
  readonly scheme?: string;
  readonly server?: string;
  readonly operation?: string | readonly string[];
  readonly status?: Statuses;
  readonly type?: string | readonly string[];
  readonly required?: boolean;
  readonly nullable?: boolean;
  readonly format?: string;
  readonly values?: readonly string[];
  readonly evidence: string;
  readonly source: string;
}

type Statuses = string | number | readonly (string | number)[];

/** A fact and where it is recorded. */
export interface FactRecord {
  readonly fact: Fact;
  /** The fact's own, or that of its file. */
  readonly operations: readonly string[];
  readonly place: Place;
}

/** Where facts come from. */
interface Source {
  readonly kind: 'documentation' | 'standard' | 'vendor-code' | 'vendor-other' | 'community';
  readonly title: string;
  /** A date, `2026-11-23`. */
  readonly read: string;
}

/** All records of a folder. */
export interface Records {
  readonly facts: readonly FactRecord[];
  readonly sources: Readonly<Record<string, Source>>;
  /** What is wrong with the records themselves. */
  readonly problems: readonly string[];
}

/** Not a record of facts. */
const sourcesFile = 'sources.yaml';

/**
 * Reads the records of a folder.
 *
 * @throws {ContractError} when the folder or its schema cannot be read
 */
export async function readRecords(directory: string): Promise<Records> {
  const shown = relative(rootDirectory, directory);
  const names = await readdir(directory).catch((cause: unknown) => {
    throw new ContractError(`${shown} cannot be read. It holds the records of what is documented`, { cause });
  });
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  const isRecord = ajv.compile(JSON.parse(await readFile(join(directory, 'record.schema.json'), 'utf8')));
  const files = names.filter((name) => name.endsWith('.yaml')).sort();
  const parsed = await Promise.all(
    files.map((name) => parse(join(directory, name), name === sourcesFile ? ajv.compile(sourceSchema) : isRecord)),
  );
  const sources = parsed[files.indexOf(sourcesFile)]?.content as Records['sources'] | undefined;
  if (!sources)
    throw new ContractError(
      parsed.flatMap(({ problems }) => problems).join('\n') || `${shown}/${sourcesFile} is missing`,
    );
  const facts = parsed.flatMap(({ content, locate }, index) =>
    content && files[index] !== sourcesFile ? factsOf(content as RecordFile, locate) : [],
  );
  return { facts, sources, problems: parsed.flatMap(({ problems }) => problems) };
}

interface RecordFile {
  readonly operation?: string | readonly string[];
  readonly facts: readonly Fact[];
}

interface Parsed {
  readonly content?: unknown;
  readonly locate: Locate;
  readonly problems: readonly string[];
}

async function parse(file: string, isValid: ValidateFunction): Promise<Parsed> {
  const locate = await createLocator(file);
  let content: unknown;
  try {
    content = parseYaml(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : 'no reason given';
    return { locate, problems: [`${relative(rootDirectory, file)}: is no YAML: ${reason}. Mend it there.`] };
  }
  if (isValid(content)) return { content, locate, problems: [] };
  const problems = (isValid.errors ?? []).map(({ instancePath, message, params }) => {
    const extra = 'additionalProperty' in params ? `: ${params.additionalProperty}` : '';
    return `${lineOf(locate(`#${instancePath}`))}: ${message}${extra}. What a record holds: openapi/upstream/record.schema.json.`;
  });
  return { locate, problems: [...new Set(problems)] };
}

function factsOf({ operation, facts }: RecordFile, locate: Locate): FactRecord[] {
  return facts.map((fact, index) => ({
    fact,
    operations: [fact.operation ?? operation ?? []].flat(),
    place: locate(`#/facts/${index}`),
  }));
}
