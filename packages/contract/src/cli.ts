import { type Command, UsageError } from './commands/command.ts';
import { ContractError } from './errors.ts';

/** Loaded one at a time: what a command needs may be large. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  generate: async () => (await import('./commands/generate.ts')).generateCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  diff: async () => (await import('./commands/diff.ts')).diffCommand,
  changeset: async () => (await import('./commands/changeset.ts')).changesetCommand,
  verify: async () => (await import('./commands/verify.ts')).verifyCommand,
  'clean-tree': async () => (await import('./commands/clean-tree.ts')).cleanTreeCommand,
  stamp: async () => (await import('./commands/stamp.ts')).stampCommand,
};

async function usage(): Promise<string> {
  const rows = Object.entries(commands).map(async ([name, load]) => {
    const { options = '', summary } = await load();
    return `${`  ${name} ${options}`.trimEnd()}\n      ${summary}`;
  });
  return `Usage: pnpm contract <command>\n\n${(await Promise.all(rows)).join('\n')}\n`;
}

const help = ['help', '--help', '-h'];

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
try {
  if (!load && !help.includes(name)) throw new UsageError(name === '' ? 'no command' : `unknown command: ${name}`);
  const text = load ? await (await load()).run(args) : await usage();
  if (text !== '') console.log(text);
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${await usage()}`);
    process.exitCode = 2;
  } else {
    console.error(error instanceof ContractError ? error.message : error);
    process.exitCode = 1;
  }
}
