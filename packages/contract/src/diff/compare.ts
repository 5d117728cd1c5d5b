import { relative, resolve } from 'node:path';
import { loadContract } from '../load.ts';
import { contractFile, rootDirectory } from '../paths.ts';
import { type Audiences, audienceOf, audiencesOf } from './audience.ts';
import type { Change } from './change.ts';
import { describeChange } from './describe.ts';
import { type EngineChange, findChanges } from './engine.ts';
import { lineFinder } from './line.ts';
import { placeOf } from './place.ts';
import { valueAt } from './pointer.ts';
import { isTextual, levelOf } from './rate.ts';
import { findTextChanges } from './texts.ts';

const order = ['major', 'minor', 'patch'];

/**
 * Compares two contracts with their examples. The version in `info` does not count: it follows from the changes.
 *
 * @returns the changes, breaking ones first
 * @throws {ContractError} when one of them cannot be read
 */
export async function compareContracts(base: string, revision: string): Promise<Change[]> {
  const [found, before, after] = await Promise.all([findChanges(base, revision), readSide(base), readSide(revision)]);
  const audiences = [before.audiences, after.audiences];
  const changes = found
    .filter((change) => !isVersion(change))
    .map((change): Change => {
      const audience = audienceOf(change, audiences);
      const { location, place } = locate(change, before, after);
      return {
        place,
        what: describeChange(change, place),
        ...location,
        level: levelOf(change, audience, after.document),
        audience: isTextual(change) ? [] : audience,
      };
    });
  changes.push(...findFirstServerChange(before, after, changes));
  const all = [...changes, ...(await findTextChanges(base, revision, changes))];
  return all.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

/** One of the two contracts. */
interface Side {
  readonly file: string;
  readonly document: unknown;
  readonly audiences: Audiences;
  readonly lineOf: (pointer: string) => number;
}

async function readSide(file: string): Promise<Side> {
  const [{ document }, lineOf] = await Promise.all([loadContract(file), lineFinder(file)]);
  return { file, document, audiences: audiencesOf(document), lineOf };
}

/** The engine takes servers for a set, and clients take the first. */
function findFirstServerChange(before: Side, after: Side, changes: readonly Change[]): Change[] {
  const [old, now] = [before, after].map(({ document }) => valueAt(document, ['servers', '0', 'url']));
  if (old === now || changes.some(({ place }) => place === 'servers.0')) return [];
  return [
    {
      place: 'servers.0',
      what: `The first server, which clients take, was \`${old}\` and is \`${now}\`.`,
      file: relative(rootDirectory, after.file),
      line: after.lineOf('#/servers/0'),
      inBaseline: false,
      level: 'major',
      audience: ['reader', 'writer'],
    },
  ];
}

const isVersion = ({ typeName, property }: EngineChange): boolean => typeName === 'Info' && property === 'version';

function locate(change: EngineChange, before: Side, after: Side) {
  const inBaseline = change.revision === undefined;
  const side = inBaseline ? before : after;
  const { pointer = '#', line = 1, file = '' } = change.revision ?? change.base ?? {};
  const source = resolve(rootDirectory, file);
  const owner =
    change.property && pointer.endsWith(`/${change.property}`) ? pointer.slice(0, pointer.lastIndexOf('/')) : pointer;
  return {
    place: placeOf(owner, side.document),
    location: {
      file: relative(rootDirectory, inBaseline ? contractFile : source),
      line: source === side.file ? side.lineOf(pointer) : line,
      inBaseline,
    },
  };
}
