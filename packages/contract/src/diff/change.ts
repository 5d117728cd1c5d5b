import type { OpenApiDocument } from '../document/document.ts';
import type { Level } from '../repository/level.ts';

/** Whom a change concerns: those who read responses, or those who send requests. */
export type Audience = 'reader' | 'writer';

/** One way in which a contract differs from its baseline. */
export interface Change {
  /** Where in the contract, in its own words, for example `Session.url` or `issueToken 404`. */
  readonly place: string;
  /** What changed, as a sentence. */
  readonly what: string;
  /** Relative to the repository's root. */
  readonly file: string;
  readonly line: number;
  /** Whether file and line are those of the baseline, because the part is no longer there. */
  readonly inBaseline: boolean;
  /** Regardless of any package's version. Breaking is `major`. */
  readonly level: Exclude<Level, 'none'>;
  /** Empty when only text changed. */
  readonly audience: readonly Audience[];
}

/** The contract before and after a change, bundled. */
export interface Documents {
  readonly before: OpenApiDocument;
  readonly after: OpenApiDocument;
}
