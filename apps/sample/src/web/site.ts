import type { Core } from '../flow/core.ts';
import type { FormTokens } from './form-tokens.ts';
import type { Visitors } from './visitors.ts';

/** What the pages for people and for operators share. */
export interface Site extends Core {
  readonly visitors: Visitors;
  readonly forms: FormTokens;
}
