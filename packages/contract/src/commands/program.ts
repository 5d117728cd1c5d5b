import { Command, CommanderError, Option } from 'commander';
import { ContractError, UsageError } from '../errors.ts';
import type { Environment } from '../verify/target.ts';

/** What a run prints, and how it ends. */
export interface ProgramResult {
  readonly output: string;
  readonly errors: string;
  /** 0: success. 1: the contract, or what is made from it, is not as it should be. 2: wrong usage. */
  readonly exitCode: number;
}

/**
 * Runs `pnpm contract`. Each command is loaded when it is called: what it needs may be large.
 *
 * @param args what follows the program's name
 * @param environment where `verify` finds its credentials
 */
export async function runProgram(args: readonly string[], environment: Environment): Promise<ProgramResult> {
  let result: ProgramResult = { output: '', errors: '', exitCode: 0 };
  const help = { output: '', errors: '' };

  const program = new Command('pnpm contract')
    .usage('<command>')
    .showHelpAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        help.output += text;
      },
      writeErr: (text) => {
        help.errors += text;
      },
      outputError: () => {}, // see problemOf
    });
  program
    .command('generate')
    .description('make packages/client/src/generated and openapi/openapi.json from openapi/didit-data.yaml')
    .action(async () => print(await (await import('./generate.ts')).generate()));
  program
    .command('check')
    .description('fail when the generated files do not match the contract')
    .action(async () => print(await (await import('./check.ts')).check()));
  program
    .command('diff')
    .description('compare the contract with the last release, and say which versions follow')
    .option('--against <REF|FILE>', "compare with a git ref or a contract's file")
    .option('--json', 'print the comparison as JSON')
    .addOption(new Option('--markdown', 'print the comparison for a pull request').conflicts('json'))
    .action(async (options) => print(await (await import('./diff.ts')).diff(options)));
  program
    .command('changeset')
    .description('write the changeset that the contract needs since the last release')
    .option('--check', 'write nothing, and fail when the pending changesets do not cover it')
    .action(async (options) => print(await (await import('./changeset.ts')).changeset(options)));
  program
    .command('clean-tree')
    .description('fail when there are changes that are not committed, before versions are raised')
    .action(async () => print(await (await import('./clean-tree.ts')).cleanTree()));
  program
    .command('stamp')
    .description('write the version of @didit-data/openapi into the contract')
    .action(async () => print(await (await import('./stamp.ts')).stamp()));
  program
    .command('verify')
    .description('check whether a server keeps the contract')
    .option('--url <URL>', 'base URL of the server: https, or http on this machine')
    .option('--session <ID>', 'an existing session; without it, only refusals are seen')
    .option('--session-token <TOKEN>', 'its token, to ask for its status')
    .option('--write', 'allow the run to create a session')
    .option('--timeout <SECONDS>', 'time limit of each request', '30')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nCredentials come from DIDIT_CLIENT_ID and DIDIT_CLIENT_SECRET, or DIDIT_API_KEY.\n' +
        'Exit code: 0 nothing found, 1 deviations, 2 wrong usage or a run that is not complete.',
    )
    .action(async (options) => {
      result = await (await import('./verify.ts')).verifyServer(options, environment);
    });

  try {
    await program.parseAsync(args, { from: 'user' });
    return result;
  } catch (error) {
    if (error instanceof ContractError) return { output: '', errors: error.message, exitCode: 1 };
    if (error instanceof UsageError) return { output: '', errors: error.message, exitCode: 2 };
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { output: help.output.trimEnd(), errors: '', exitCode: 0 };
    return { output: '', errors: `${problemOf(error)}\n${help.errors.trimEnd()}`, exitCode: 2 };
  }

  function print(output: string): void {
    result = { output, errors: '', exitCode: 0 };
  }
}

/** What is wrong with the command line. Commander's own messages quote arguments, which may be secrets. */
function problemOf({ code, message }: CommanderError): string {
  const [suggestion = ''] = /\(Did you mean [^)]*\)$/.exec(message) ?? [];
  switch (code) {
    case 'commander.unknownCommand':
      return `There is no such command. ${suggestion}`.trim();
    case 'commander.unknownOption':
      return `There is no such option. ${suggestion}`.trim();
    case 'commander.excessArguments':
      return 'There are too many arguments.';
    case 'commander.help':
      return 'A command is missing.\n';
    default: // about options by their own names, for example one without its value
      return `${message.replace(/^error: o/, 'O')}.`;
  }
}
