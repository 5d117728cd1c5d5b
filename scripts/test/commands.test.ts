import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { execute, root } from '../execute.ts';

/** A command of pnpm as a text shows it: in a code span or in a block of shell commands. */
interface Command {
  readonly file: string;
  readonly words: readonly string[];
}

/** What pnpm itself knows, of what the texts use. */
const ofPnpm = ['install', 'run', 'exec', 'pack'];

const texts = ['*.md', '{bench,openapi,scripts,docs,docs/decisions}/*.md', '{packages,apps}/*/*.md'];

let commands: Command[];
beforeAll(async () => {
  commands = [];
  for await (const file of glob(texts, { cwd: root })) {
    if (file.endsWith('CHANGELOG.md')) continue; // it tells what was, too
    const text = await readFile(join(root, file), 'utf8');
    commands.push(...commandsIn(text).map((words) => ({ file, words })));
  }
});

function commandsIn(markdown: string): string[][] {
  const blocks = [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, code = '']) => code.split('\n'));
  const spans = [...markdown.matchAll(/`((?:npx -y )?pnpm[^`\n]*)`/g)].map(([, code = '']) => code);
  return [...blocks, ...spans].flatMap((line) => {
    const [, rest] = /(?:^|\s)pnpm(?:@[\d.]+)? ([^#&|;]+)/.exec(line) ?? [];
    return rest ? [rest.trim().split(/\s+/)] : [];
  });
}

/** The command lines of this repository say what they know when they are asked for what they do not know. */
async function known(program: string, pattern: RegExp): Promise<string[]> {
  const { code, output } = await execute('node', [program, 'no-such-command'], { cwd: root });
  expect(code).toBe(2);
  return [...output.matchAll(pattern)].flatMap(([, names = '']) => names.split('|'));
}

const unknown = (names: readonly string[], of: (words: readonly string[]) => string | undefined) =>
  commands.flatMap(({ file, words }) => {
    const name = of(words);
    return name === undefined || name.startsWith('-') || names.includes(name) ? [] : [`${file}: ${words.join(' ')}`];
  });

test('every command that a text names is one', async () => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  expect(commands.length).toBeGreaterThan(40);
  expect(unknown([...Object.keys(scripts), ...ofPnpm], ([name]) => name)).toEqual([]);
});

test('every command of the contract is one', async () => {
  const names = await known('packages/contract/src/cli.ts', /^ {2}([a-z-]+)\b/gm);
  expect(unknown(names, ([name, command]) => (name === 'contract' ? command : undefined))).toEqual([]);
});

test('a test run that is asked for an unknown check says which there are, and runs none', async () => {
  const { code, output } = await execute('node', ['scripts/test.ts', '--filter', 'nothing'], { cwd: root });
  expect(code).toBe(2);
  expect(output).toMatch(/^No check's name contains nothing\. The checks: .*@didit-data\/client#test/);
  const unknown = await execute('node', ['scripts/test.ts', '--help'], { cwd: root });
  expect(unknown.code).toBe(2);
  expect(unknown.output).toContain('Usage: pnpm test [--filter');
});

test('every part of the bench is one', async () => {
  const names = await known('bench/src/cli.ts', /pnpm bench \[([a-z|]+)\]/g);
  expect(unknown(names, ([name, part]) => (name === 'bench' ? part : undefined))).toEqual([]);
});
