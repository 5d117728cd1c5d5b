import { availableParallelism, cpus, platform, release } from 'node:os';
import { memory } from './memory.ts';
import { mock } from './mock.ts';
import { size } from './size.ts';
import { throughput } from './throughput.ts';
import { tokens } from './tokens.ts';

const parts: Readonly<Record<string, () => Promise<string>>> = { throughput, tokens, memory, size, mock };

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, ${platform()} ${release()}`;
console.log(`# Benchmark\n\nNode ${process.version}; ${machine}\n`);
for (const [name, part] of Object.entries(parts)) {
  if (chosen.length === 0 || chosen.includes(name)) console.log(`${await part()}\n`);
}
