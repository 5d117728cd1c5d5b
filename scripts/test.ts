// Runs every check, and prints how many tests passed and failed.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, run } from './execute.ts';
import { clearReports, readReports } from './reports.ts';
import { setup } from './system.ts';

/** Every check. The cheapest come first; drift is checked before anything generates. */
const checks: readonly (readonly [string, readonly [string, ...string[]]])[] = [
  ['format and lint', ['biome', 'check', '.']],
  ['imports', ['depcruise', 'packages', 'apps', 'bench']],
  ['contract lint', ['redocly', 'lint', 'openapi/didit-data.yaml', '--config', 'openapi/redocly.yaml']],
  ['contract drift', ['node', 'packages/contract/src/cli.ts', 'check']],
  ['contract changeset', ['node', 'packages/contract/src/cli.ts', 'changeset', '--check']],
  ['unused code', ['knip', '--no-progress', '--treat-config-hints-as-errors']],
  ['types and tests', ['turbo', 'run', 'typecheck', 'test', '--continue', '--concurrency=2', '--output-logs=new-only']],
  ['sample on the published client', ['node', 'scripts/sample-published.ts']],
  ['script types', ['tsc']],
  ['script tests', ['vitest', 'run', '--root', 'scripts']],
  ['release rehearsal', ['pnpm', '--silent', 'release:rehearse']],
  ['public API', ['node', 'scripts/api-report.ts', '--check']],
  ['bundle size', ['pnpm', '--filter', '@didit-data/client', 'run', 'size']],
  ['README code', ['node', 'scripts/check-docs.ts']],
  ['README figures', ['node', 'bench/src/readme.ts', '--check']],
];

async function main(): Promise<boolean> {
  if (process.argv.length > 2) {
    console.error('pnpm test takes no arguments. For one package: pnpm --filter @didit-data/client test');
    return false;
  }
  await clearReports();
  await setup();
  const failed: string[] = [];
  for (const [name, [command, ...args]] of checks) {
    console.log(`\n== ${name}`);
    if ((await run(command, ...args)) !== 0) failed.push(name);
  }
  const reports = await readReports();
  console.log('\n== summary');
  for (const { name, passed, failed } of reports) console.log(`${name}: ${passed} of ${passed + failed}`);
  for (const name of failed) console.log(`failed: ${name}`);

  const sum = (key: 'passed' | 'failed') => reports.reduce((total, report) => total + report[key], 0);
  const line = `${sum('passed')} passed, ${sum('failed')} failed`;
  await mkdir(join(root, 'reports'), { recursive: true });
  await writeFile(join(root, 'reports/summary.txt'), `${line}\n`);
  console.log(line);
  return failed.length === 0 && sum('failed') === 0 && sum('passed') > 0;
}

process.exitCode = (await main()) ? 0 : 1;
