import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change } from '../../src/diff/change.ts';
import { compareLoaded } from '../../src/diff/compare.ts';
import { loadContract } from '../../src/document/load.ts';
import { generateTypes } from '../../src/generate/types.ts';
import { highestLevel, isEnough, type Level } from '../../src/repository/level.ts';
import { compareContractTypes } from '../../src/surface/contract-types.ts';
import type { TypeBreak } from '../../src/surface/walk.ts';
import { pairs } from '../support/pairs.ts';

interface Side {
  readonly [part: string]: Record<string, unknown> | undefined;
}

let directory: string;
let changes: Change[];
let breaks: TypeBreak[];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'didit-pairs-'));
  const [before, after] = [join(directory, 'before.json'), join(directory, 'after.json')] as const;
  await writeFile(before, JSON.stringify(contractOf('before')));
  await writeFile(after, JSON.stringify(contractOf('after')));
  const [base, revision] = await Promise.all([loadContract(before), loadContract(after)]);
  const [found, old, now] = await Promise.all([
    compareLoaded(base, revision),
    generateTypes(base),
    generateTypes(revision),
  ]);
  changes = found;
  breaks = compareContractTypes(old, now);
});
afterAll(() => rm(directory, { recursive: true }));

test.each(pairs.map((pair, index) => ({ ...pair, index })))('$name: $level', ({ index, level, client, tooHigh }) => {
  const found = verdictOf(index);
  if (tooHigh) {
    expect(isEnough(found.level, level) && found.level !== level, `is rated right, so it needs no reason`).toBe(true);
  } else {
    expect({ level: found.level, client: found.client }, found.says).toEqual({ level, client: client ?? level });
  }
});

test('no pair is rated too low, and at most two are rated too high, with a reason', () => {
  const verdicts = pairs.map((pair, index) => ({ ...pair, ...{ found: verdictOf(index) } }));
  const lines = verdicts.map(({ name, found, tooHigh }) => {
    const reason = tooHigh === undefined ? '' : ` (too high: ${tooHigh})`;
    return `${String(found.level).padEnd(9)} ${String(found.client).padEnd(9)} ${name}${reason}`;
  });
  process.stdout.write(`contract  client    change\n${lines.join('\n')}\n`);
  const low = verdicts.filter(
    ({ found, level, client = level }) => !isEnough(found.level, level) || !isEnough(found.client, client),
  );
  const high = verdicts.filter(({ found, level }) => found.level !== level && isEnough(found.level, level));
  expect(low.map(({ name }) => name)).toEqual([]);
  expect(high.filter(({ tooHigh }) => tooHigh === undefined).map(({ name }) => name)).toEqual([]);
  expect(high.length).toBeLessThanOrEqual(2);
  expect(pairs.length).toBeGreaterThanOrEqual(40);
});

/** All pairs stand in one contract, so that one run compares them. */
function contractOf(side: 'before' | 'after') {
  const paths: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = {};
  const others: Record<string, object> = {};
  for (const [index, pair] of pairs.entries()) {
    const row = `Row${index}x`;
    const parts = parseYaml(pair[side].replaceAll('ROW', row)) as Side;
    Object.assign(schemas, parts.schemas);
    for (const [kind, members] of Object.entries(parts.components ?? {}))
      others[kind] = { ...others[kind], ...Object(members) };
    const json = (schema: object) => ({ content: { 'application/json': { schema: { type: 'object', ...schema } } } });
    const body = parts.body ?? (parts.request && { required: true, ...json(parts.request) });
    const answer = parts.content ? { content: parts.content } : parts.response ? json(parts.response) : json({});
    const { parameters, security, servers } = parts;
    paths[(parts.path as string | undefined) ?? `/${row}`] = {
      ...parts.item,
      post: {
        operationId: row,
        description: 'Does it.',
        ...(parameters && { parameters }),
        ...(security && { security }),
        ...(servers && { servers }),
        ...(body && { requestBody: body }),
        responses: {
          '200': { description: 'Done.', ...answer, ...(parts.headers && { headers: parts.headers }) },
          ...parts.responses,
        },
        ...parts.operation,
      },
    };
  }
  const scopes = { read: 'Read.', write: 'Write.' };
  return {
    openapi: '3.1.0',
    info: { title: 'Pairs', version: '1.0.0' },
    servers: [{ url: 'https://api.example' }],
    security: [{ one: [] }],
    tags: [{ name: 'A' }, { name: 'B' }],
    paths,
    components: {
      ...others,
      schemas,
      securitySchemes: {
        one: { type: 'http', scheme: 'bearer' },
        two: { type: 'apiKey', in: 'header', name: 'X-Key' },
        oauth: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://api.example/token', scopes } } },
      },
    },
  };
}

function rowOf(place: string): number {
  return Number(/Row(\d+)x/.exec(place)?.[1] ?? -1);
}

function verdictOf(index: number) {
  const own = changes.filter(({ place, what }) => rowOf(`${place} ${what}`) === index);
  const broken = breaks.filter(({ place }) => rowOf(place) === index);
  const level = highestLevel(own.map((change) => change.level));
  const client: Level = broken.length > 0 ? 'major' : level;
  const says = [
    ...own.map((change) => `${change.level} ${change.place}: ${change.what}`),
    ...broken.map(({ place, what }) => `TypeScript ${place}: ${what}`),
  ];
  return { level, client, says: says.join('\n').replaceAll(/Row\d+x/g, 'ROW') };
}
