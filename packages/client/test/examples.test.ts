import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Mock, startMock } from '@didit-data/mock';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { output } from './support/outside.ts';

const directory = fileURLToPath(new URL('../examples', import.meta.url));

const expected: Readonly<Record<string, RegExp>> = {
  'errors.ts': /^there is no such session$/m,
  'first-decision.ts': /status: confirmed\nverified: true/,
  'hooks.ts': /getSessionDecision 200: 1/,
  'many-decisions.ts': /no-such-session: NotFoundError[\s\S]*confirmed: 20/,
};

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ port: 0 });
});
afterAll(() => mock.close());

test('every example is run here', async () => {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.ts'));
  expect(files.sort()).toEqual(Object.keys(expected).sort());
});

test.concurrent.each(Object.entries(expected))('%s says what it should', async (file, pattern) => {
  const env = { DIDIT_BASE_URL: mock.url, DIDIT_CLIENT_ID: mock.clientId, DIDIT_CLIENT_SECRET: mock.clientSecret };
  expect(await output(process.execPath, [file], directory, env)).toMatch(pattern);
});
