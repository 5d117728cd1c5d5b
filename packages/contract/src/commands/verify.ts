import { runVerify } from '../verify/command.ts';
import type { Command } from './command.ts';

export const verifyCommand: Command = {
  summary: 'replay the contract against a server; --help says how',
  options: '--url URL',
  async run(args) {
    const { output, errors, exitCode } = await runVerify(args, process.env);
    if (errors) process.stderr.write(`${errors}\n`);
    process.exitCode = exitCode; // it tells deviations from a run that is not complete
    return output;
  },
};
