import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Mock, type MockEvent, startMock } from '../src/index.ts';

let root: string;
let folder: string;
let mock: Mock | undefined;
let events: MockEvent[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'didit mock '));
  folder = join(root, 'contracts');
  events = [];
});
afterEach(async () => {
  await mock?.close();
  rmSync(root, { recursive: true, force: true });
});

test('a file of a $ref, and one of a $ref in it', async () => {
  saveAll(1, 1);
  await start();
  await serves(1, { is: 1, and: { deep: 0 } });
  save(join(folder, 'parts/answer.yaml'), answerOf(2));
  await serves(1, { is: 2, and: { deep: 0 } });
  save(join(folder, 'parts/deeper/part.json'), '{ "deep": 1 }');
  await serves(1, { is: 2, and: { deep: 1 } });
});

test('a file that a saved contract refers to for the first time', async () => {
  saveAll(1, 1);
  await start();
  save(join(folder, 'contract.yaml'), contractOf(1, './other/answer.yaml'));
  await vi.waitFor(() => expect(events.at(-1)?.event).toBe('contract-refused'), { timeout: 8_000 });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(events.map(({ event }) => event).filter((event) => event !== 'request')).toEqual([
    'examples-only',
    'contract-refused',
  ]);
  save(join(folder, 'other/deeper/part.json'), '{ "deep": 7 }');
  save(join(folder, 'other/answer.yaml'), answerOf(3));
  await serves(1, { is: 3, and: { deep: 7 } });
  save(join(folder, 'other/answer.yaml'), answerOf(4));
  await serves(1, { is: 4, and: { deep: 7 } });
});

test('the target of a symbolic link, and a link with a new target', async () => {
  saveAll(1, 1);
  const target = join(root, 'elsewhere/answer.yaml');
  save(target, answerOf(1));
  unlinkSync(join(folder, 'parts/answer.yaml'));
  symlinkSync(target, join(folder, 'parts/answer.yaml'));
  const contract = join(root, 'elsewhere/contract.yaml');
  save(contract, contractOf(1));
  unlinkSync(join(folder, 'contract.yaml'));
  symlinkSync(contract, join(folder, 'contract.yaml'));
  await start();
  save(target, answerOf(2));
  await serves(1, { is: 2, and: { deep: 0 } });
  save(contract, contractOf(2));
  await serves(2, { is: 2, and: { deep: 0 } });
  save(join(root, 'third.yaml'), contractOf(3));
  unlinkSync(join(folder, 'contract.yaml'));
  symlinkSync(join(root, 'third.yaml'), join(folder, 'contract.yaml'));
  await serves(3, { is: 2, and: { deep: 0 } });
});

test('a file that is replaced by a rename, several times', async () => {
  saveAll(1, 1);
  await start();
  for (const version of [2, 3, 4]) {
    save(join(folder, '.contract.yaml.tmp'), contractOf(version));
    renameSync(join(folder, '.contract.yaml.tmp'), join(folder, 'contract.yaml'));
    await serves(version, { is: 1, and: { deep: 0 } });
  }
});

test('a directory that is removed and made again, twice; the mock keeps the contract meanwhile', async () => {
  saveAll(1, 1);
  await start();
  for (const version of [2, 3]) {
    rmSync(folder, { recursive: true });
    await vi.waitFor(() => expect(events.at(-1)?.event).toBe('contract-refused'), { timeout: 8_000 });
    await serves(version - 1, { is: version - 1, and: { deep: 0 } });
    saveAll(version, version);
    await serves(version, { is: version, and: { deep: 0 } });
  }
  save(join(folder, 'contract.yaml'), contractOf(4));
  await serves(4, { is: 3, and: { deep: 0 } });
});

test('reads nothing again when nothing is saved, or after close', async () => {
  saveAll(1, 1);
  await start();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await mock?.close();
  saveAll(2, 2);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(events.map(({ event }) => event)).toEqual(['examples-only']);
});

function contractOf(version: number, ref = './parts/answer.yaml') {
  return `openapi: 3.1.0
info: { title: Watched, version: 1.0.0 }
paths:
  /v${version}:
    get:
      operationId: get
      responses:
        '200':
          description: An answer.
          content: { application/json: { schema: { type: object }, examples: { one: { $ref: ${ref} } } } }
`;
}

function answerOf(value: number | string) {
  return `value: { is: ${value}, and: { $ref: deeper/part.json } }\n`;
}

function save(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

function saveAll(version: number, value: number, deep = 0): void {
  save(join(folder, 'parts/answer.yaml'), answerOf(value));
  save(join(folder, 'parts/deeper/part.json'), JSON.stringify({ deep }));
  save(join(folder, 'contract.yaml'), contractOf(version));
}

async function start(contract = join(folder, 'contract.yaml')): Promise<void> {
  mock = await startMock({ contract, watch: true, onEvent: (event) => events.push(event) });
}

/** Waits until the mock answers this on `/v{version}`. */
function serves(version: number, body: unknown) {
  return vi.waitFor(
    async () => {
      const response = await fetch(`${mock?.url}/v${version}`);
      expect([response.status, await response.json()]).toEqual([200, body]);
    },
    { timeout: 8_000, interval: 50 },
  );
}
