// A contender in a process of its own: calls when it is told to, and says what that took.
import type { Contender, MakeContender } from '../../peers/src/contender.ts';
import { countAllocations } from './allocations.ts';
import { profiled } from './cpu-profile.ts';
import type { Order, Round } from './protocol.ts';

const [file = '', token = ''] = process.argv.slice(2);
const { contender }: { contender: MakeContender } = await import(file);
let opened: { readonly baseUrl: string; readonly contender: Contender } | undefined;

process.on('message', async (order: Order) => {
  const { kind, baseUrl } = order;
  if (opened?.baseUrl !== baseUrl) opened = { baseUrl, contender: await contender({ baseUrl, token }) };
  const { decision } = opened.contender;
  const work = () => run(decision, order);
  process.send?.(kind === 'profile' ? await profiled(work) : await work());
});
process.once('disconnect', () => process.exit());

async function run(decision: Contender['decision'], { id, inFlight, ms }: Order): Promise<Round> {
  const answer = (await decision(id)) as { session_id?: unknown } | undefined;
  if (answer?.session_id !== id) throw new Error(`${file} did not give the decision`);

  let calls = 0;
  const allocated = countAllocations();
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const end = startedAt + ms;
  const caller = async () => {
    while (performance.now() < end) {
      await decision(id);
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, caller));
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { calls, seconds, cpuMicroseconds: user + system, allocatedBytes: allocated() };
}
