// Compiles the code in the READMEs.
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, run } from './execute.ts';

/** Compiles every TypeScript block of every README, each as a module of its own. */
async function main(): Promise<number> {
  const directory = join(root, 'reports/docs');
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  let blocks = 0;
  for await (const file of glob(['*.md', '{openapi,scripts,docs,docs/decisions}/*.md', '{packages,apps}/*/*.md'], {
    cwd: root,
  })) {
    for (const [index, code] of blocksOf(await readFile(join(root, file), 'utf8')).entries()) {
      blocks += 1;
      await writeFile(join(directory, `${file.replaceAll('/', '_')}-${index + 1}.ts`), `${code}\nexport {};\n`);
    }
  }
  const config = { extends: '../../tsconfig.base.json', compilerOptions: { types: ['node'] }, include: ['.'] };
  await writeFile(join(directory, 'tsconfig.json'), JSON.stringify(config));
  console.log(`Compiling ${blocks} blocks of code from the READMEs.`);
  return blocks === 0 ? 1 : run('tsc', '-p', directory);
}

function blocksOf(markdown: string): string[] {
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code ?? '');
}

process.exitCode = await main();
