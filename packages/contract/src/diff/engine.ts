import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ContractError } from '../errors.ts';
import { inTemporaryDirectory } from '../repository/files.ts';
import { redocly } from '../repository/redocly.ts';

/** A part of one of the two contracts, as Redocly reports it. */
interface EnginePart {
  /** JSON pointer with `#`, for example `#/components/schemas/Session/required`. */
  readonly pointer: string;
  readonly value?: unknown;
}

/** A change as `redocly diff --format json` reports it. */
export interface EngineChange {
  /** JSON pointer through the operation that uses what changed. */
  readonly path: string;
  /** What kind of object changed, for example `Schema`. */
  readonly typeName: string;
  readonly kind: 'added' | 'removed' | 'modified';
  readonly impact: 'major' | 'minor' | 'patch';
  /** The rules that rate it; empty when the kind of change alone decides. */
  readonly verdicts: readonly {
    readonly ruleId: string;
    readonly impact: 'major' | 'minor' | 'patch';
    readonly message: string;
  }[];
  /** The keyword that was modified. */
  readonly property?: string;
  readonly base?: EnginePart;
  readonly revision?: EnginePart;
}

/**
 * Runs `redocly diff` with the rules of `openapi/redocly.yaml`. The engine does not follow YAML aliases, so it
 * reads copies of the documents without aliases.
 *
 * @throws {ContractError} when one of the documents contains itself, or the engine cannot read it
 */
export function findChanges(base: unknown, revision: unknown): Promise<readonly EngineChange[]> {
  return inTemporaryDirectory(async (directory) => {
    const files = [join(directory, 'base.json'), join(directory, 'revision.json')] as const;
    await Promise.all([writeFile(files[0], writtenOut(base)), writeFile(files[1], writtenOut(revision))]);
    const { code, stdout, stderr } = await redocly('diff', [...files, '--fail-on', 'none']);
    if (code !== 0) throw new ContractError(`The contracts cannot be compared:\n${stderr.trim()}`);
    return JSON.parse(stdout).changes;
  });
}

/** @throws {ContractError} when the document contains itself */
export function writtenOut(document: unknown): string {
  try {
    return JSON.stringify(document);
  } catch (cause) {
    throw new ContractError('A contract cannot be compared: one of its YAML aliases contains itself.', { cause });
  }
}
