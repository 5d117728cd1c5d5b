import { compareWithBaseline } from '../release/comparison.ts';
import { markdownReport } from '../release/markdown.ts';
import { nothingReleased } from '../release/rows.ts';
import { textReport } from '../release/text.ts';

export interface DiffOptions {
  readonly against?: string | undefined;
  readonly json?: boolean | undefined;
  readonly markdown?: boolean | undefined;
}

/** `pnpm contract diff` */
export async function diff({ against, json, markdown }: DiffOptions): Promise<string> {
  const comparison = await compareWithBaseline({ against, askRegistry: true });
  if (json) return JSON.stringify(comparison ?? { released: false }, null, 2);
  if (!comparison) return nothingReleased;
  return markdown ? markdownReport(comparison) : textReport(comparison);
}
