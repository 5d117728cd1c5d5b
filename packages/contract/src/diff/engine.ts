import { ContractError } from '../contract-error.ts';
import { redocly } from '../redocly.ts';

/** A place in one of the two contracts, as Redocly tells it. */
interface EnginePlace {
  /** Relative to the repository's root. */
  readonly file: string;
  /** JSON pointer with `#`, for example `#/components/schemas/Session/required`. */
  readonly pointer: string;
  readonly line: number;
  readonly value?: unknown;
}

/** A change as `redocly diff --format json` tells it. */
export interface EngineChange {
  /** JSON pointer through the operation that uses what changed. */
  readonly path: string;
  /** What kind of object changed, for example `Schema`. */
  readonly typeName: string;
  readonly kind: 'added' | 'removed' | 'modified';
  readonly impact: 'major' | 'minor' | 'patch';
  /** The rules that rate it; none when the kind of change alone decides. */
  readonly verdicts: readonly {
    readonly ruleId: string;
    readonly impact: 'major' | 'minor' | 'patch';
    readonly message: string;
  }[];
  /** The keyword that was modified. */
  readonly property?: string;
  readonly base?: EnginePlace;
  readonly revision?: EnginePlace;
}

/**
 * Runs `redocly diff` with the rules of `openapi/redocly.yaml`. It does not look into example files, and sees no
 * comments.
 *
 * @throws {ContractError} when one of the contracts cannot be read
 */
export async function findChanges(base: string, revision: string): Promise<readonly EngineChange[]> {
  const { code, stdout, stderr } = await redocly('diff', [base, revision, '--fail-on', 'none']);
  if (code !== 0) throw new ContractError(`${base} and ${revision} cannot be compared:\n${stderr.trim()}`);
  return JSON.parse(stdout).changes;
}
