// Loads every entry of the package and prints what it exports.
import { createRequire } from 'node:module';

const { exports } = createRequire(import.meta.url)('@didit-data/client/package.json');
const names = {};
for (const entry of Object.keys(exports).filter((path) => !path.endsWith('.json'))) {
  names[entry] = Object.keys(await import(`@didit-data/client${entry.slice(1)}`));
}
process.stdout.write(JSON.stringify(names));
