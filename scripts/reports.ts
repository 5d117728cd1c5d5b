import { glob, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './execute.ts';

/** What one test runner reported. */
export interface Report {
  readonly passed: number;
  readonly failed: number;
}

/** Removes the reports of earlier runs; cached runs bring theirs back. */
export async function clearReports(): Promise<void> {
  await rm(join(root, 'reports'), { recursive: true, force: true });
  for await (const file of glob('{packages/*,apps/*,scripts,scripts/release,bench}/reports/*.json', { cwd: root })) {
    await rm(join(root, file));
  }
}

/** Reads a runner's own report. A file of tests that did not run counts as one failure, as does a missing report. */
export async function readReport(file: string): Promise<Report> {
  const text = await readFile(join(root, file), 'utf8').catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(text);
  const broken = (testResults as { status: string; assertionResults: unknown[] }[]).filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}
