import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { execute, mustExecute, root } from '../execute.ts';

beforeAll(async () => {
  await mustExecute('pnpm', ['--silent', 'run', 'docs'], { cwd: root }); // checks every link, too
});

test('a link to a file or a place that does not exist is found', async () => {
  const config = join(root, 'linkinator.config.json');
  const check = (text: string) => execute('linkinator', ['--config', config, text], { cwd: import.meta.dirname });
  expect(await check('files/right-links.md')).toMatchObject({ code: 0 });
  const { code, output } = await check('files/wrong-links.md');
  expect(code).toBe(1);
  expect(output).toContain('gone.md');
  expect(output).toContain('#gone');
  expect(output).not.toContain('other.example');
});

test('every entry of the client is there, under the version that it has', async () => {
  const { exports, version } = JSON.parse(await readFile(join(root, 'packages/client/package.json'), 'utf8'));
  const entries = Object.keys(exports).filter((path) => !path.endsWith('.json'));
  for (const entry of entries) {
    const page = await readFile(join(root, 'docs/site/client/modules', `${entry.slice(2) || 'index'}.html`), 'utf8');
    expect(page).toContain(`v${version}`);
  }
});

test('the page of the contract holds every operation, and loads no script and no style from elsewhere', async () => {
  const page = await readFile(join(root, 'docs/site/contract.html'), 'utf8');
  const contract = parse(await readFile(join(root, 'openapi/didit-data.yaml'), 'utf8'));
  const operations = Object.values<Record<string, { operationId?: string }>>(contract.paths).flatMap(Object.values);
  const ids = operations.flatMap(({ operationId }) => operationId ?? []);
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) expect(page).toContain(id);
  expect(page).not.toMatch(/<script[^>]+src=|<link[^>]+rel="?stylesheet/);
});
