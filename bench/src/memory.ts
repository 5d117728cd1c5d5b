import { createClient } from '@didit-data/client';
import { table } from './table.ts';

const body = JSON.stringify({ session_id: 's', status: 'Confirmed', user_data: { sub: 'u' } });

/** Resident memory while `decisions()` goes through a million ids, answered in process so that nothing else grows. */
export async function memory(total = 1_000_000): Promise<string> {
  const didit = createClient({
    accessToken: 'token',
    fetch: async () => new Response(body, { headers: { 'content-length': String(body.length) } }),
  });
  function* ids() {
    for (let n = 0; n < total; n += 1) yield `s-${n}`;
  }
  const samples: number[] = [];
  let done = 0;
  for await (const { error } of didit.sessions.decisions(ids(), { concurrency: 8 })) {
    if (error) throw error;
    done += 1;
    if (done % (total / 20) === 0) samples.push(process.memoryUsage().rss / 1024 / 1024);
  }
  const settled = samples.slice(2); // the heap has found its size
  const growth = Math.max(...settled) - Math.min(...settled);
  const cells = [String(done), `${settled[0]?.toFixed(0)}`, `${settled.at(-1)?.toFixed(0)}`, growth.toFixed(1), '20'];
  return `## Memory of \`decisions()\`\n\n${table(
    ['ids', 'MB at a tenth', 'MB at the end', 'highest − lowest, MB', 'goal'],
    [cells],
  )}`;
}
