import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import type { OpenApiDocument } from '../document/document.ts';
import { type Contract, loadContract } from '../document/load.ts';
import type { Locate } from '../document/locate.ts';
import { memberOf, segmentsOf } from '../document/pointer.ts';
import { contractFile, rootDirectory } from '../repository/paths.ts';
import { type Audiences, audienceOf, audiencesOf } from './audience.ts';
import type { Audience, Change } from './change.ts';
import { describeChange, placeOf } from './describe.ts';
import { type EngineChange, findChanges } from './engine.ts';
import { newSpellingOf } from './harmless.ts';
import { findLinkChanges } from './links.ts';
import { inNormalForm, pointerInSource } from './normal-form.ts';
import type { Difference } from './operations.ts';
import { isTextual, rate } from './rate.ts';
import { findSecurityChanges } from './security.ts';
import { findServerChanges } from './servers.ts';
import { findTextChanges } from './texts.ts';
import { findUnseenChanges } from './unseen.ts';

const order = ['major', 'minor', 'patch'];

/**
 * Compares two contracts with their examples. The version in `info` does not count: it follows from the changes.
 *
 * @param base a contract's file
 * @param revision a contract's file
 * @returns the changes, breaking ones first
 * @throws {ContractError} when one of the contracts cannot be read
 */
export async function compareContracts(base: string, revision: string): Promise<Change[]> {
  return compareLoaded(await loadContract(base), await loadContract(revision));
}

/** The same for two contracts that were read. */
export async function compareLoaded(base: Contract, revision: Contract): Promise<Change[]> {
  const [before, after] = await Promise.all([sideOf(base), sideOf(revision)]);
  const found = await findChanges(before.document, after.document);
  const audiences = [before.audiences, after.audiences];
  const documents = { before: before.document, after: after.document };
  const compared = found.filter((change) => !isVersion(change) && !isComparedHere(change));
  const changes = compared.map((change): Change => {
    const audience = audienceOf(change, audiences);
    const { place, ...location } = locationOf(change, before, after);
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
  const both: readonly Audience[] = ['reader', 'writer'];
  const rated = compared.map((change, index) => ({ ...change, rating: changes[index] }));
  changes.push(
    ...findServerChanges(before.document, after.document).map(changeAt(before, after, both)),
    ...findSecurityChanges(before.document, after.document).map(changeAt(before, after, ['writer'])),
    ...findLinkChanges(before.document, after.document).map(changeAt(before, after, ['reader'])),
    ...findUnseenChanges(rated, before.document, after.document).map(changeAt(before, after, both)),
  );
  const all = [...changes, ...(await findTextChanges(base.file, revision.file, changes))];
  return all.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

/** One of the two contracts. */
interface Side {
  /**
   * In normal form, and with the names of example files in place of what the files hold: those are compared as text.
   */
  readonly document: OpenApiDocument;
  readonly audiences: Audiences;
  readonly locate: Locate;
}

async function sideOf(contract: Contract): Promise<Side> {
  const document = structuredClone(contract.document);
  nameExampleFiles(parseYaml(await readFile(contract.file, 'utf8')), document);
  const normal = inNormalForm(document);
  return {
    document: normal,
    audiences: audiencesOf(normal),
    locate: (pointer) => contract.locate(pointerInSource(document, pointer)),
  };
}

function nameExampleFiles(source: unknown, document: unknown): void {
  if (typeof source !== 'object' || source === null || typeof document !== 'object' || document === null) return;
  for (const [key, member] of Object.entries(source)) {
    const reference = memberOf(member, '$ref');
    if (typeof reference !== 'string' || !reference.startsWith('examples/')) {
      nameExampleFiles(member, memberOf(document, key));
    } else {
      Reflect.set(document, key, { externalValue: reference });
    }
  }
}

function isVersion({ typeName, property }: EngineChange): boolean {
  return typeName === 'Info' && property === 'version';
}

/** The engine does not know that servers have an order, and that credentials are alternatives. */
function isComparedHere(change: EngineChange): boolean {
  return /^(SecurityRequirement|Server|ServerVariable)(List|s?Map)?$/.test(change.typeName) && !isTextual(change);
}

function changeAt(before: Side, after: Side, audience: readonly Audience[]) {
  return ({ what, level, pointer, inBaseline }: Difference): Change => {
    const side = inBaseline ? before : after;
    const place = pointer.startsWith('#/servers/') ? segmentsOf(pointer).join('.') : placeOf(pointer, side.document);
    return { place, what, ...fileAndLine(side, pointer, inBaseline), level, audience };
  };
}

function locationOf(change: EngineChange, before: Side, after: Side) {
  const inBaseline = change.revision === undefined;
  const side = inBaseline ? before : after;
  const { pointer = '#' } = change.revision ?? change.base ?? {};
  const owner =
    change.property && pointer.endsWith(`/${change.property}`) ? pointer.slice(0, pointer.lastIndexOf('/')) : pointer;
  return { place: placeOf(owner, side.document), ...fileAndLine(side, pointer, inBaseline) };
}

/** The baseline lies in a temporary directory, so it is shown under the contract's own path. */
function fileAndLine({ locate }: Side, pointer: string, inBaseline: boolean) {
  const { file, line } = locate(pointer);
  return { file: inBaseline ? relative(rootDirectory, contractFile) : file, line, inBaseline };
}
