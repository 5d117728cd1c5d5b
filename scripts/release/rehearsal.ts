import { join } from 'node:path';
import { type Registry, startRegistry } from '../registry.ts';
import { type Consumer, type Manager, makeConsumer, type Versions } from './consumer.ts';
import { type Edition, publishEdition, versionIn } from './edition.ts';
import { makeEditions } from './editions.ts';
import { makeScratchFolder } from './scratch-folder.ts';

/** Who has installed an edition, by package manager. */
type Consumers = Readonly<Record<Manager, Consumer>>;

/** A release on this machine: the last version is in a registry and installed, the next ones are being made. */
export interface Rehearsal extends AsyncDisposable {
  readonly registry: Registry;
  /** A temporary folder outside the workspace. */
  readonly folder: string;
  readonly last: Edition;
  /** They asked for `^` of the last version when there was no later one. */
  readonly consumers: Consumers;
  /** The next versions, as soon as they are published, and who has installed the breaking one. */
  readonly next: Promise<NextVersions>;
}

export interface NextVersions {
  readonly additive: Edition;
  readonly breaking: Edition;
  readonly consumers: Consumers;
}

/** The client and the mock of an edition, exactly or with what may come after it. */
export function versionsOf(edition: Edition, prefix: '' | '^' = ''): Versions {
  return {
    client: prefix + versionIn(edition, '@didit-data/client'),
    mock: prefix + versionIn(edition, '@didit-data/mock'),
  };
}

/**
 * Publishes and installs the last version, and begins with the next ones.
 *
 * @param repository the repository, which stays as it is: all is done in copies
 * @throws RehearsalError with the step, its cause and what to do
 */
export async function startRehearsal(repository: string): Promise<Rehearsal> {
  const scratch = await makeScratchFolder('didit release ');
  const folder = scratch.path;
  const registry = await startRegistry();
  let next: Promise<NextVersions> | undefined;
  const end = async () => {
    await next?.catch(() => {}); // or else it would go on in a folder that is gone
    await registry[Symbol.asyncDispose]();
    await scratch[Symbol.asyncDispose]();
  };
  const install = async (edition: Edition, prefix: '' | '^'): Promise<Consumers> => {
    const make = (manager: Manager) => {
      const place = join(folder, `${edition.name} with ${manager}`);
      return makeConsumer({ manager, registry, edition, folder: place, versions: versionsOf(edition, prefix) });
    };
    const [npm, pnpm] = await Promise.all([make('npm'), make('pnpm')]);
    return { npm, pnpm };
  };
  try {
    const { last, makeAdditive, makeBreaking } = await makeEditions(repository, folder);
    const installed = publishEdition(last, registry).then(() => install(last, '^'));
    next = makeNext();
    next.catch(() => {}); // whoever waits for it is told
    return { registry, folder, last, consumers: await installed, next, [Symbol.asyncDispose]: end };

    /** Makes the next versions while the last one is installed and tried, and publishes none before it is installed. */
    async function makeNext(): Promise<NextVersions> {
      const additive = await makeAdditive();
      await installed;
      const published = publishEdition(additive, registry);
      published.catch(() => {}); // it is waited for below
      const breaking = await makeBreaking();
      await published;
      await publishEdition(breaking, registry);
      return { additive, breaking, consumers: await install(breaking, '') };
    }
  } catch (error) {
    await end();
    throw error;
  }
}
