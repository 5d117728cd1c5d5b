// Runs every check, two at a time, and prints how many tests passed and failed.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execute, root } from './execute.ts';
import { progressLine } from './progress.ts';
import { clearReports, type Report, readReport } from './reports.ts';
import { setup } from './system.ts';

/** A task of turbo: `turbo.json` says what it reads, and what has not changed since is not run again. */
interface Check {
  readonly task: string;
  /** The task that must have ended before. Default: none. */
  readonly after?: string;
  /** Where its tests are reported. Default: it has none and counts as a check. */
  readonly report?: string;
}

/** Every check, the longest first. What generated code has drifted is checked before the build generates it again. */
const checks: readonly Check[] = [
  { task: '//#check:generated' },
  { task: 'build', after: '//#check:generated' },
  { task: '@didit-data/contract#test', after: 'build', report: 'packages/contract/reports/vitest.json' },
  { task: '//#release:rehearse', after: 'build', report: 'scripts/release/reports/vitest.json' },
  { task: '@didit-data/client#test', after: 'build', report: 'packages/client/reports/vitest.json' },
  { task: '@didit-data/mock#test', after: 'build', report: 'packages/mock/reports/vitest.json' },
  { task: '@didit-data/sample#test:browser', after: 'build', report: 'apps/sample/reports/browser.json' },
  { task: '//#test:scripts', after: 'build', report: 'scripts/reports/vitest.json' },
  { task: '@didit-data/sample#test', after: 'build', report: 'apps/sample/reports/vitest.json' },
  { task: '//#sample:published', after: 'build', report: 'apps/sample/reports/published.json' },
  { task: '@didit-data/bench#test', after: 'build', report: 'bench/reports/vitest.json' },
  { task: 'typecheck', after: 'build' },
  {
    task: '@didit-data/token-store-redis#test',
    after: 'build',
    report: 'packages/token-store-redis/reports/vitest.json',
  },
  { task: '//#check:api', after: 'build' },
  { task: '//#check:readmes', after: 'build' },
  { task: '//#check:types', after: 'build' },
  { task: '@didit-data/client#size', after: 'build' },
  { task: '//#check:changesets' },
  { task: '//#check:unused' },
  { task: '//#check:imports' },
  { task: '//#check:format' },
  { task: '//#check:contract' },
  { task: '//#check:figures' },
];

/** How many checks run at a time. */
const slots = 2;

/** How a check ended. */
interface Ended {
  readonly task: string;
  readonly passed: boolean;
  readonly log: string;
  /** What is printed about it. */
  readonly line: string;
  readonly report?: Report | undefined;
}

/** @returns an exit code */
async function main(): Promise<number> {
  const chosen = readChecks();
  if (!chosen) return 2;
  await clearReports();
  await setup();
  const ended = await runAll(chosen);
  const failed = ended.filter(({ passed }) => !passed);
  for (const { task, log } of failed) console.log(`\n== ${task} failed:\n${log.trimEnd()}`);

  // A check without a test that failed counts as one failure.
  const failures = ended.map(({ passed, report }) => Math.max(report?.failed ?? 0, passed ? 0 : 1));
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const line = `${sum(ended.map(({ report }) => report?.passed ?? 0))} passed, ${sum(failures)} failed`;
  await mkdir(join(root, 'reports'), { recursive: true });
  await writeFile(join(root, 'reports/summary.txt'), `${line}\n`);
  console.log(line);
  return failed.length === 0 ? 0 : 1;
}

/** Reads which checks to run: all, or those that `--filter` names, with what must end before them. */
function readChecks(): readonly Check[] | undefined {
  try {
    const { filter = [] } = parseArgs({ options: { filter: { type: 'string', multiple: true } } }).values;
    const named = checks.filter(({ task }) => filter.length === 0 || filter.some((part) => task.includes(part)));
    if (named.length > 0) return checks.filter((check) => named.includes(check) || leadsTo(check, named));
    console.error(
      `No check's name contains ${filter.join(' or ')}. The checks: ${checks.map(({ task }) => task).join(', ')}`,
    );
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : error}\nUsage: pnpm test [--filter <part of a check's name>]`,
    );
  }
  return undefined;
}

function leadsTo({ task }: Check, named: readonly Check[]): boolean {
  return checks.some((check) => check.after === task && (named.includes(check) || leadsTo(check, named)));
}

/** Runs checks in their order, as soon as a slot is free and what they wait for has ended. */
async function runAll(chosen: readonly Check[]): Promise<Ended[]> {
  const waiting = [...chosen];
  const open = new Set(chosen.map(({ task }) => task));
  const running = new Map<string, Promise<unknown>>();
  const ended: Ended[] = [];
  using progress = progressLine(() => `${ended.length} of ${chosen.length} · ${[...running.keys()].join(', ')}`);

  async function run(check: Check): Promise<void> {
    const result = await runOne(check);
    ended.push(result);
    open.delete(check.task);
    running.delete(check.task);
    progress.print(result.line);
  }
  while (open.size > 0) {
    const next = waiting.findIndex(({ after }) => after === undefined || !open.has(after));
    const [check] = running.size < slots && next >= 0 ? waiting.splice(next, 1) : [];
    if (check) running.set(check.task, run(check));
    else await Promise.race(running.values());
  }
  return ended;
}

async function runOne({ task, report: file }: Check): Promise<Ended> {
  const started = performance.now();
  const args = ['run', task, '--concurrency=2', '--output-logs=errors-only', '--log-prefix=none'];
  const { code, output } = await execute('turbo', args, { cwd: root, timeoutMs: 1_800_000 });
  const report = file === undefined ? undefined : await readReport(file);
  const passed = code === 0 && (report?.failed ?? 0) === 0;

  const [, cached, total] = /Cached:\s+(\d+) cached, (\d+) total/.exec(output) ?? [];
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const time = cached !== undefined && cached === total ? 'unchanged' : `${seconds} s`;
  const counts = report ? `${report.passed} passed${report.failed > 0 ? `, ${report.failed} failed` : ''}` : '';
  const line = `${passed ? 'ok    ' : 'FAILED'} ${task.padEnd(36)} ${time.padStart(9)}  ${counts}`.trimEnd();
  return { task, passed, log: output, report, line };
}

process.exitCode = await main();
