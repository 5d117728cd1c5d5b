import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inc, satisfies } from 'semver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smokeResult } from '../../../packages/client/test/support/runtimes.ts';
import { mustExecute } from '../../execute.ts';
import { root } from '../../run.ts';
import type { Consumer, Manager } from '../consumer.ts';
import { contentOf } from '../copy.ts';
import { versionIn } from '../edition.ts';
import { filesOf } from '../pack.ts';
import { type NextVersions, type Rehearsal, startRehearsal, versionsOf } from '../rehearsal.ts';
import { runtimeNames, smokeIn } from '../smoke.ts';
import { addedField, bumpOf } from '../versions.ts';

const managers: readonly Manager[] = ['npm', 'pnpm'];

let content: string;
let rehearsal: Rehearsal;

beforeAll(async () => {
  content = await contentOf(root);
  rehearsal = await startRehearsal(root);
});
afterAll(() => rehearsal?.[Symbol.asyncDispose]());

describe.concurrent('the last version', () => {
  test('passes the sample’s tests when npm installed it', () => samplePasses(rehearsal.consumers.npm));

  test.each(managers)('passes the smoke program on every runtime when %s installed it', async (manager) => {
    await smokePasses(rehearsal.consumers[manager], runtimeNames);
  });
});

describe('the next versions', () => {
  let next: NextVersions;
  beforeAll(async () => {
    next = await rehearsal.next;
  });

  test('are numbered as their changes ask', () => {
    for (const { name, version } of rehearsal.last.packages) {
      const [additive, breaking] = [versionIn(next.additive, name), versionIn(next.breaking, name)];
      const isMadeFromContract = name !== '@didit-data/token-store-redis'; // the field is nothing to the others
      expect(additive, name).toBe(isMadeFromContract ? inc(version, bumpOf('additive', version)) : version);
      expect(breaking, name).toBe(inc(version, bumpOf('breaking', version)));
      expect(satisfies(breaking, `^${version}`), `^${version} of ${name} takes ${breaking}`).toBe(false);
    }
  });

  test('take each other, as their ranges say', () => {
    for (const edition of [rehearsal.last, next.additive, next.breaking]) {
      const store = edition.packages.find(({ name }) => name === '@didit-data/token-store-redis');
      const range = store?.manifest.peerDependencies?.['@didit-data/client'] ?? '';
      expect(satisfies(versionIn(edition, '@didit-data/client'), range), `${edition.name}: ${range}`).toBe(true);
    }
  });

  test('hold exactly the files on record', async () => {
    for (const tarball of next.breaking.tarballs) {
      const files = `${(await filesOf(tarball)).join('\n')}\n`;
      const record = `files/${tarball.name.replace('@didit-data/', '')}.txt`;
      await expect(files, `${tarball.name} is not as ${record} says`).toMatchFileSnapshot(record);
    }
  });

  test('are shown by npm view as their manifests say, and so is the last one', async () => {
    for (const { packages } of [rehearsal.last, next.additive, next.breaking]) {
      for (const { name, version, manifest } of packages) {
        const shown = (await shownVersions(name)).find((one) => one.version === version);
        for (const field of ['engines', 'exports', 'peerDependencies', 'peerDependenciesMeta'] as const) {
          expect(shown?.[field], `${field} of ${name}@${version}`).toEqual(manifest[field]);
        }
        expect(Object.values(shown?.dependencies ?? {}).join(), name).not.toContain('workspace:');
      }
    }
  });

  test('cannot be published twice', async () => {
    const [tarball] = next.breaking.tarballs;
    await expect(rehearsal.registry.publish(tarball?.file ?? '')).rejects.toThrow('that version is there already');
  });

  describe.concurrent('when the breaking one is installed', () => {
    test('pass the sample’s tests when pnpm installed it', () => samplePasses(next.consumers.pnpm));

    test.each(managers)('pass the smoke program on every runtime when %s installed it', async (manager) => {
      await smokePasses(next.consumers[manager], runtimeNames);
    });
  });

  describe.concurrent('for whoever has a range with ^', () => {
    test.each(managers)('are the additive one and not the breaking one after %s update', async (manager) => {
      const { folder } = rehearsal.consumers[manager];
      expect(await typesOf(folder)).not.toContain(addedField);
      await rehearsal.consumers[manager].update();
      await expect(installedIn(rehearsal.consumers[manager])).resolves.toEqual(versionsOf(next.additive));
      expect(await typesOf(folder)).toContain(`${addedField}?: string;`);
      await smokePasses(rehearsal.consumers[manager], ['Node 24']);
    });
  });

  test('leave whoever stays with the last client unharmed by the newest mock', async () => {
    const versions = { client: versionsOf(rehearsal.last).client, mock: versionsOf(next.breaking).mock };
    const consumer = rehearsal.consumers.npm;
    await consumer.take(versions);
    await expect(installedIn(consumer)).resolves.toEqual(versions);
    await Promise.all([samplePasses(consumer), smokePasses(consumer, runtimeNames)]);
  });
});

test('the working tree is as it was', async () => {
  expect(await contentOf(root)).toBe(content);
});

async function samplePasses(consumer: Consumer): Promise<void> {
  const { passed, failed, output } = await consumer.testSample();
  expect(output).toBe('');
  expect(failed).toBe(0);
  expect(passed).toBeGreaterThan(0);
}

async function smokePasses({ folder }: Consumer, names: readonly string[]): Promise<void> {
  expect(await smokeIn(folder, names)).toEqual(Object.fromEntries(names.map((name) => [name, smokeResult])));
}

/** The types of the client that a folder has installed. */
async function typesOf(folder: string): Promise<string> {
  const dist = join(folder, 'node_modules/@didit-data/client/dist');
  const files = (await readdir(dist)).filter((name) => name.endsWith('.d.ts'));
  return (await Promise.all(files.map((name) => readFile(join(dist, name), 'utf8')))).join('\n');
}

async function installedIn(consumer: Consumer): Promise<Record<string, string>> {
  return {
    client: await consumer.installed('@didit-data/client'),
    mock: await consumer.installed('@didit-data/mock'),
  };
}

const shownByName = new Map<string, Promise<readonly Shown[]>>();

/** Everything that `npm view` shows of every version of a package, asked for once. */
function shownVersions(name: string): Promise<readonly Shown[]> {
  const { folder: cwd, registry } = rehearsal;
  const args = ['view', `${name}@>=0`, '--json', '--prefer-online'];
  const shown =
    shownByName.get(name) ??
    mustExecute('npm', args, { cwd, env: registry.environment }).then((text) => JSON.parse(text));
  shownByName.set(name, shown);
  return shown;
}

interface Shown extends Readonly<Record<string, unknown>> {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}
