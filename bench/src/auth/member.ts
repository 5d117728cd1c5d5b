// One process of a fleet: makes its calls, eight at a time, and ends.
import type { MakeContender } from '../../peers/src/contender.ts';

const [file = '', baseUrl = '', calls = '1'] = process.argv.slice(2);
const { contender }: { contender: MakeContender } = await import(file);
const { decision, close } = await contender({ baseUrl, token: '' });

let left = Number(calls);
await Promise.all(Array.from({ length: 8 }, callAgain));
await close?.();

async function callAgain(): Promise<void> {
  for (; left > 0; left -= 1) await decision('small');
}
