import { compareWithBaseline } from '../release/comparison.ts';
import { markdownReport } from '../release/markdown.ts';
import { nothingReleased } from '../release/rows.ts';
import { textReport } from '../release/text.ts';
import { readOptions } from './arguments.ts';
import { type Command, UsageError } from './command.ts';

export const diffCommand: Command = {
  summary: 'compare the contract with the last release, or with a git ref or a file, and say which versions follow',
  options: '[--against REF|FILE] [--json|--markdown]',
  async run(args) {
    const { against, json, markdown } = readOptions(args, {
      against: { type: 'string' },
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
    });
    if (json && markdown) throw new UsageError('--json and --markdown exclude each other');
    const comparison = await compareWithBaseline({ against, askRegistry: true });
    if (json) return JSON.stringify(comparison ?? { released: false }, null, 2);
    if (!comparison) return nothingReleased;
    return markdown ? markdownReport(comparison) : textReport(comparison);
  },
};
