import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { lineFinder } from '../document/line.ts';
import { loadContract } from '../document/load.ts';
import { segmentsOf } from '../document/pointer.ts';
import { contractFile, rootDirectory } from '../repository/paths.ts';
import { type Audiences, audienceOf, audiencesOf } from './audience.ts';
import type { Audience, Change } from './change.ts';
import { describeChange } from './describe.ts';
import { type EngineChange, findChanges } from './engine.ts';
import { newSpellingOf } from './harmless.ts';
import { findLinkChanges } from './links.ts';
import { inNormalForm, pointerInSource } from './normal-form.ts';
import { placeOf } from './place.ts';
import { isTextual, rate } from './rate.ts';
import { type Finding, findSecurityChanges } from './security.ts';
import { findServerChanges } from './servers.ts';
import { findTextChanges } from './texts.ts';
import { findUnseenChanges } from './unseen.ts';

const order = ['major', 'minor', 'patch'];

/**
 * Compares two contracts with their examples. The version in `info` does not count: it follows from the changes.
 *
 * @returns the changes, breaking ones first
 * @throws {ContractError} when one of them cannot be read
 */
export async function compareContracts(base: string, revision: string): Promise<Change[]> {
  const [before, after] = await Promise.all([readSide(base), readSide(revision)]);
  const found = await findChanges(before.document, after.document);
  const audiences = [before.audiences, after.audiences];
  const documents = { before: before.document, after: after.document };
  const changes = found
    .filter((change) => !isVersion(change) && !isComparedHere(change))
    .map((change): Change => {
      const audience = audienceOf(change, audiences);
      const { location, place } = locate(change, before, after);
      const { level, isSame } = rate(change, audience, documents);
      const what = describeChange(change, place, newSpellingOf(change, documents));
      return {
        place,
        what: isSame ? `${what} It means the same as before.` : what,
        ...location,
        level,
        audience: isTextual(change) ? [] : audience,
      };
    });
  const compared = found.filter((change) => !isVersion(change) && !isComparedHere(change));
  const rated = compared.map((change, index) => ({ ...change, rating: changes[index] }));
  changes.push(
    ...findServerChanges(before.document, after.document).map(changeAt(before, after, ['reader', 'writer'])),
    ...findSecurityChanges(before.document, after.document).map(changeAt(before, after, ['writer'])),
    ...findLinkChanges(before.document, after.document).map(changeAt(before, after, ['reader'])),
    ...findUnseenChanges(rated, before.document, after.document).map(changeAt(before, after, ['reader', 'writer'])),
  );
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
  const { document } = await loadContract(file);
  nameExampleFiles(parseYaml(await readFile(file, 'utf8')), document);
  const normal = inNormalForm(document);
  const lineOf = await lineFinder(file);
  const lineInSource = (pointer: string) => lineOf(pointerInSource(document, pointer));
  return { file, document: normal, audiences: audiencesOf(normal), lineOf: lineInSource };
}

/** Example files are compared as text: in the document their names stand for them. */
function nameExampleFiles(source: unknown, document: unknown): void {
  if (typeof source !== 'object' || source === null || typeof document !== 'object' || document === null) return;
  for (const [key, member] of Object.entries(source)) {
    const target = document as Record<string, unknown>;
    const reference = (member as { $ref?: unknown } | null)?.$ref;
    if (typeof reference === 'string' && reference.startsWith('examples/')) target[key] = { externalValue: reference };
    else nameExampleFiles(member, target[key]);
  }
}

/** The engine does not know that servers have an order, and that credentials are alternatives. */
function isComparedHere(change: EngineChange): boolean {
  const { typeName } = change;
  return /^(SecurityRequirement|Server|ServerVariable)(List|s?Map)?$/.test(typeName) && !isTextual(change);
}

function changeAt(before: Side, after: Side, audience: readonly Audience[]) {
  return ({ what, level, pointer, inBaseline }: Finding): Change => ({
    place: pointer.startsWith('#/servers/')
      ? segmentsOf(pointer).join('.')
      : placeOf(pointer, sideOf(inBaseline).document),
    what,
    file: relative(rootDirectory, inBaseline ? contractFile : after.file),
    line: sideOf(inBaseline).lineOf(pointer),
    inBaseline,
    level,
    audience,
  });
  function sideOf(inBaseline: boolean): Side {
    return inBaseline ? before : after;
  }
}

const isVersion = ({ typeName, property }: EngineChange): boolean => typeName === 'Info' && property === 'version';

function locate(change: EngineChange, before: Side, after: Side) {
  const inBaseline = change.revision === undefined;
  const side = inBaseline ? before : after;
  const { pointer = '#' } = change.revision ?? change.base ?? {};
  const owner =
    change.property && pointer.endsWith(`/${change.property}`) ? pointer.slice(0, pointer.lastIndexOf('/')) : pointer;
  return {
    place: placeOf(owner, side.document),
    location: {
      file: relative(rootDirectory, inBaseline ? contractFile : side.file),
      line: side.lineOf(pointer),
      inBaseline,
    },
  };
}
