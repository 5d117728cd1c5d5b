import { readFile } from 'node:fs/promises';

const manifests = ['../../package.json', '../../peers/package.json'];

/** What is measured, and what measures, with the versions that the manifests pin. */
export async function versions(): Promise<Record<string, string>> {
  const pinned: Record<string, string> = {};
  for (const path of manifests) {
    const { dependencies } = JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'));
    for (const [name, version] of Object.entries(dependencies as Record<string, string>)) {
      if (!version.startsWith('workspace:')) pinned[name] = version;
    }
  }
  return pinned;
}
