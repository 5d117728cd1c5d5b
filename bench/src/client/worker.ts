// A contender in a process of its own: makes calls when it is asked to, and reports what they took.
import type { Contender, MakeContender } from '../../peers/src/contender.ts';
import { callFor } from '../measure.ts';
import { countAllocations } from './allocations.ts';
import { profiled } from './cpu-profile.ts';
import type { ContenderRound, Order } from './protocol.ts';

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

async function run(decision: Contender['decision'], { id, inFlight, ms }: Order): Promise<ContenderRound> {
  const answer = (await decision(id)) as { session_id?: unknown } | undefined;
  if (answer?.session_id !== id) throw new Error(`${file} did not return the decision.`);

  const allocated = countAllocations();
  const measured = await callFor(() => decision(id), inFlight, ms);
  return { ...measured, allocatedBytes: allocated() };
}
