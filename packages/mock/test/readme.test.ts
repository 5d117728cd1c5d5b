import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { startMock } from '../src/index.ts';

const own = fileURLToPath(new URL('..', import.meta.url));
const folder = join(own, 'reports/readme');
const readme = readFileSync(join(own, 'README.md'), 'utf8');
const run = promisify(execFile);

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
});

test.concurrent('every recipe that is a test passes', async () => {
  const tests = blocks('ts').filter(isTest);
  expect(tests.length).toBeGreaterThan(4);
  for (const [index, code] of tests.entries()) writeFileSync(join(folder, `recipe-${index + 1}.test.ts`), code);
  writeFileSync(join(folder, 'vitest.config.ts'), 'export default { test: { include: ["*.test.ts"] } };\n');
  const vitest = join(own, 'node_modules/vitest/vitest.mjs');
  const env = { ...process.env, NO_COLOR: '1' };
  const { stdout } = await run(process.execPath, [vitest, 'run', '--root', folder, '--reporter', 'default'], { env });
  expect(stdout).toMatch(new RegExp(`Test Files +${tests.length} passed \\(`));
});

test.concurrent('every recipe that is a program succeeds', async () => {
  const programs = blocks('ts').filter((code) => !isTest(code));
  expect(programs.length).toBeGreaterThan(0);
  for (const [index, code] of programs.entries()) {
    const file = join(folder, `program-${index + 1}.ts`);
    writeFileSync(file, code);
    await run(process.execPath, [file], { timeout: 10_000 });
  }
});

test.concurrent('the curl lines work', async () => {
  const script = blocks('sh').find((code) => code.startsWith('BASE='));
  await using mock = await startMock();
  const { stdout } = await run('bash', ['-ec', script?.replace('http://127.0.0.1:4010', mock.url) ?? 'exit 3']);
  expect(stdout).toMatch(/"access_token".*\{"id":1\}.*"iso".*"faults":\[\{.*"operationId":"issueToken"/s);
});

test.concurrent('the step for CI waits for the mock, and fails below the required coverage', async () => {
  const probe = await startMock();
  await probe.close(); // its port is free now
  const [step = ''] = blocks('yaml');
  const script = step
    .replace(/^- run: \|\n/, '')
    .replace(
      'node_modules/.bin/didit-data-mock',
      `"${process.execPath}" "${join(own, 'src/cli/cli.ts')}" --port ${probe.port}`,
    )
    .replace(':4010', `:${probe.port}`);
  const tested = script.replace('npm test', 'echo tested');
  const failure: unknown = await run('bash', ['-ec', tested], { cwd: folder }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 1, stdout: expect.stringContaining('tested') });
  expect(failure).toMatchObject({ stderr: expect.stringContaining('below 30 %') });
  await run('bash', ['-ec', tested.replace('--coverage-min 30', '--coverage-min 0')], { cwd: folder });
});

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, code]) => code ?? '',
  );
}

function isTest(code: string): boolean {
  return /^test[.(]/m.test(code);
}
