import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { secrets, shapes, startBrokenService } from './support/broken-service.ts';
import { output } from './support/outside.ts';
import { runtimes } from './support/runtimes.ts';

/** One call and what its error shows. */
interface Outcome {
  readonly shape: string;
  readonly transport: 'none' | 'fetch' | 'undici';
  readonly call: string;
  readonly error?: string;
  readonly leaks: readonly string[];
}

const names = Object.keys(shapes);
const calls = ['decision', 'create', 'status', 'raw', 'wait', 'decisions', 'token'];

/** Within the workspace the package is the built one, beside the newest undici; outside beside the oldest. */
const workspace = fileURLToPath(new URL('programs', import.meta.url));

describe.concurrent('the error of a broken response shows neither what was received nor what was sent', () => {
  test.each([
    ['Node 20, undici 7', node(20), inject('folder')],
    ['Node 24, undici 7', node(24), inject('folder')],
    ['Node 26, undici 7', node(26), inject('folder')],
    ['Node 24, undici 8', node(24), workspace],
    ['Node 26, undici 8', node(26), workspace],
  ])('on %s', async (_, command, folder) => {
    const outcomes = await outcomesOn(command, folder);
    const ours = outcomes.filter(({ transport }) => transport !== 'none');
    expect(ours.flatMap(({ leaks, ...where }) => leaks.map((leak) => ({ ...where, leak })))).toEqual([]);

    // Finding nothing proves nothing: check that the calls failed, and that the platform's own errors show the data.
    expect(ours).toHaveLength(names.length * 2 * calls.length);
    const failed = ours.filter(({ error }) => error !== undefined);
    expect(failed.length).toBeGreaterThan(ours.length * 0.9);
    expect(new Set(failed.map(({ error }) => error))).toEqual(
      new Set([
        'ConnectionError',
        'ServerError',
        'TimeoutError',
        'ResponseParseError',
        'ResponseValidationError',
        'TokenError',
        'Error',
      ]),
    );
    const bare = outcomes.filter(({ transport, leaks }) => transport === 'none' && leaks.length > 0);
    expect(bare.length).toBeGreaterThan(names.length / 3);
  });
});

function node(version: number) {
  return runtimes.find(({ name }) => name === `Node ${version}`)?.command ?? '';
}

async function outcomesOn(command: string, folder: string): Promise<readonly Outcome[]> {
  await using service = await startBrokenService();
  const settings = JSON.stringify({ baseUrl: service.url, shapes: names, secrets });
  return JSON.parse(await output(command, ['leaks.mjs', settings], folder));
}
