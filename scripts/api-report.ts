// Writes down what the packages export; `--check` compares.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { root } from './execute.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

/** The packages whose public surface is on record. */
const packages = ['packages/client', 'packages/token-store-redis'];

/** Exports that are the contract word for word: its own diff tells how they change. */
const generated = ['components', 'operations', 'paths'];

/** Writes what each entry of a package exports, as its built types say it, to `api/`; with `--check` compares it. */
async function main(): Promise<void> {
  const drifted: string[] = [];
  for (const directory of packages) {
    const manifest = JSON.parse(await readFile(join(root, directory, 'package.json'), 'utf8'));
    for (const [entry, target] of Object.entries<{ types?: string }>(manifest.exports)) {
      if (!target.types) continue;
      const file = join(directory, 'api', `${entry === '.' ? 'index' : entry.slice(2)}.api.md`);
      const report = reportOf(manifest.name + entry.slice(1), join(root, directory, target.types));
      if (!values.check) {
        await mkdir(join(root, directory, 'api'), { recursive: true });
        await writeFile(join(root, file), report);
      } else if ((await readFile(join(root, file), 'utf8').catch(() => '')) !== report) {
        drifted.push(file);
      }
    }
  }
  if (drifted.length === 0) return;
  console.error(`The public API is not what is on record in ${drifted.join(', ')}.`);
  console.error('If the change is meant, run: pnpm build && pnpm api-report, and commit what it writes.');
  process.exitCode = 1;
}

function reportOf(name: string, file: string): string {
  const program = ts.createProgram([file], { module: ts.ModuleKind.NodeNext, types: [], skipLibCheck: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file} is not there; build first`);
  const printer = ts.createPrinter({ removeComments: true });
  const declarations = checker
    .getExportsOfModule(module)
    .filter(({ name }) => !generated.includes(name))
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .flatMap((symbol) => symbol.declarations ?? [])
    .map((declaration) => (ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration))
    .filter((node) => !program.isSourceFileFromExternalLibrary(node.getSourceFile()))
    .map((node) =>
      printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()).replace(/^(export )?(declare )?/, ''),
    );
  return `# Public API of ${name}\n\nMade by \`pnpm api-report\`. Do not edit.\n\n\`\`\`typescript\n${declarations.sort().join('\n\n')}\n\`\`\`\n`;
}

await main();
