import { glob, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './execute.ts';

/** What one package's test runner reported. */
export interface Report {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
}

const pattern = '{packages/*,apps/*,scripts,scripts/release,bench}/reports/*.json';

/** Removes the reports of earlier runs; cached runs bring theirs back. */
export async function clearReports(): Promise<void> {
  await rm(join(root, 'reports'), { recursive: true, force: true });
  for await (const file of glob(pattern, { cwd: root })) await rm(join(root, file));
}

/** Reads every runner's own report. A file of tests that did not run counts as one failure. */
export async function readReports(): Promise<Report[]> {
  const reports: Report[] = [];
  for await (const file of glob(pattern, { cwd: root })) {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(await readFile(join(root, file), 'utf8'));
    const broken = (testResults as { status: string; assertionResults: unknown[] }[]).filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    );
    const name = file.replace('/reports/vitest.json', '').replace('/reports/', ', ').replace('.json', '');
    reports.push({ name, passed: numPassedTests, failed: numFailedTests + broken.length });
  }
  return reports.sort((a, b) => a.name.localeCompare(b.name));
}
