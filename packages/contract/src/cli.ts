// The command line of the pipeline: `pnpm contract <command>`.
import { runProgram } from './commands/program.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  const { output, errors, exitCode } = await runProgram(process.argv.slice(2), process.env);
  if (output !== '') console.log(output);
  if (errors !== '') console.error(errors);
  return exitCode;
}
