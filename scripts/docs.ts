import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { buildDocs } from './docs/build.ts';
import { checkLinks, type Links } from './docs/links.ts';
import { root } from './run.ts';

const folder = join(root, 'docs');

/** Makes `docs/` and checks every link in it and in the texts of the repository. */
async function main(): Promise<void> {
  await buildDocs(folder);
  const texts = ['*.md', '{openapi,scripts,bench}/*.md', '{packages,apps}/*/*.md', 'packages/*/examples/*.md'];
  const results: Links[] = [
    await checkLinks(folder, ['index.html', ...(await list(['client/**/*.html'], folder))]),
    await checkLinks(root, await list(texts, root)),
  ];
  const external = results.flatMap((result) => result.external);
  console.log(
    `Links to elsewhere, which are not fetched:\n${[...new Set(external)]
      .sort()
      .map((url) => `  ${url}`)
      .join('\n')}`,
  );
  const broken = results.flatMap((result) => result.broken);
  if (broken.length > 0) throw new Error(`These links lead nowhere; mend them where they stand:\n${broken.join('\n')}`);
  const checked = results.reduce((sum, result) => sum + result.checked, 0);
  console.log(`docs/ is made; ${checked} links in it and in the repository's texts lead where they should.`);
  console.log(`Open ${join(folder, 'index.html')}`);
}

async function list(patterns: readonly string[], cwd: string): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(patterns, { cwd })) files.push(file);
  return files.sort();
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
