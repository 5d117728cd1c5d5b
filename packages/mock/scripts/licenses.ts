import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The licenses of all packages that the files belong to, with their texts: most licenses require the text. */
export async function licenses(root: string, files: readonly string[]): Promise<string> {
  const directories = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  const packages = [...new Set(directories.filter((directory) => directory !== undefined))];
  const sections = await Promise.all(packages.map((directory) => section(join(root, directory))));
  return `What prism-http.cjs is made of.\n\n${[...new Set(sections)].sort().join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** For packages that name their license but do not include its text. */
const standardTexts: Readonly<Record<string, (holder: string) => string>> = {
  MIT: (holder) => `Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
};

async function section(directory: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  const { name, version, author, license = manifest.licenses?.[0]?.type } = manifest;
  const holder = author?.name ?? author ?? `the authors of ${name}`;
  const text = (await ownTexts(directory)) || standardTexts[license]?.(holder);
  if (!text) throw new Error(`${name} ${version} (${license ?? 'no license named'}) has no license text.`);
  return `${name} ${version}${license === undefined ? '' : ` (${license})`}\n\n${text}\n`;
}

async function ownTexts(directory: string): Promise<string> {
  const files = (await readdir(directory)).filter((file) =>
    /^[^.]*(licen[cs]e|copying|notice)(\.(md|txt))?$/i.test(file),
  );
  const texts = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')));
  return texts.join('\n').trim();
}
