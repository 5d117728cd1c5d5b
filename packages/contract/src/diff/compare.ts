import { relative, resolve } from 'node:path';
import { loadContract } from '../load.ts';
import { contractFile, rootDirectory } from '../paths.ts';
import { audienceOf, audiencesOf } from './audience.ts';
import type { Change } from './change.ts';
import { describeChange } from './describe.ts';
import { type EngineChange, findChanges } from './engine.ts';
import { placeOf } from './place.ts';
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
  const [found, before, after] = await Promise.all([
    findChanges(base, revision),
    loadContract(base),
    loadContract(revision),
  ]);
  const documents = { base: before.document, revision: after.document };
  const audiences = [audiencesOf(before.document), audiencesOf(after.document)];
  const changes = found
    .filter((change) => !isVersion(change))
    .map((change): Change => {
      const audience = audienceOf(change, audiences);
      const { location, place } = locate(change, documents);
      return {
        place,
        what: describeChange(change, place),
        ...location,
        level: levelOf(change, audience, documents),
        audience: isTextual(change) ? [] : audience,
      };
    });
  const all = [...changes, ...(await findTextChanges(base, revision, changes))];
  return all.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

const isVersion = ({ typeName, property }: EngineChange): boolean => typeName === 'Info' && property === 'version';

function locate(change: EngineChange, documents: { readonly base: unknown; readonly revision: unknown }) {
  const inBaseline = change.revision === undefined;
  const { pointer = '#', line = 1, file = '' } = change.revision ?? change.base ?? {};
  const owner =
    change.property && pointer.endsWith(`/${change.property}`) ? pointer.slice(0, pointer.lastIndexOf('/')) : pointer;
  return {
    place: placeOf(owner, inBaseline ? documents.base : documents.revision),
    location: {
      file: inBaseline ? relative(rootDirectory, contractFile) : relative(rootDirectory, resolve(rootDirectory, file)),
      line,
      inBaseline,
    },
  };
}
