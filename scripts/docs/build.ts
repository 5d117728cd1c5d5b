import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustExecute } from '../execute.ts';
import { root } from '../run.ts';

/** What the contract's page may load: what it holds, and nothing from anywhere else. */
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:", // the search's workers are evaluated
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  'connect-src blob: data:',
  'worker-src blob:',
].join('; ');

/** The maker's mark, which the page would fetch. */
const logo = 'https://cdn.redoc.ly/redoc/logo-mini-full.svg';
const mark = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="44" height="14"><text y="11" font-family="sans-serif" font-size="12">Redoc</text></svg>',
)}`;

/**
 * Makes the documentation from the contract and from the client's sources.
 *
 * @param folder where it goes; what was there is removed
 * @throws Error when a tool fails, or warns, with what it printed
 */
export async function buildDocs(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all([
    buildContractPage(join(folder, 'contract.html')),
    mustExecute('typedoc', ['--out', join(folder, 'client')], { cwd: join(root, 'packages/client') }),
  ]);
  await writeFile(join(folder, 'index.html'), indexPage);
}

/** One page that holds all that it needs, so that it works without a network. */
async function buildContractPage(file: string): Promise<void> {
  const config = ['--config', 'openapi/redocly.yaml', '--inlineBundle'];
  await mustExecute('redocly', ['build-docs', 'openapi/didit-data.yaml', ...config, '--output', file], {
    cwd: root,
    env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  const page = await readFile(file, 'utf8');
  const head = '<head>';
  if (!page.includes(head) || !page.includes(logo)) {
    throw new Error(
      `${file} is made in another way than before: look at what it loads, and mend scripts/docs/build.ts`,
    );
  }
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  await writeFile(
    file,
    page.replace(head, () => `${head}\n${meta}`).replaceAll(logo, () => mark),
  );
}

const indexPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>didit-data</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 40rem; padding: 0 1rem }</style>
<h1>didit-data</h1>
<ul>
<li><a href="contract.html">The contract</a>: every operation, field and error of the API</li>
<li><a href="client/index.html">The client</a>: everything that <code>@didit-data/client</code> exports</li>
</ul>
</html>
`;
