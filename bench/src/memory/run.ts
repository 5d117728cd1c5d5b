// Goes through as many ids as its argument says, and prints how much memory it used on the way. A function answers the
// calls, so that nothing else grows.
import { createClient } from '@didit-data/client';

const total = Number(process.argv[2]);
const body = JSON.stringify({ session_id: 's', status: 'Confirmed', user_data: { sub: 'u' } });
const didit = createClient({
  accessToken: 'token',
  fetch: async () => new Response(body, { headers: { 'content-length': String(body.length) } }),
});

function* ids() {
  for (let n = 0; n < total; n += 1) yield `s-${n}`;
}

const samples: { rssMb: number; heapMb: number }[] = [];
let done = 0;
for await (const { error } of didit.sessions.decisions(ids(), { concurrency: 8 })) {
  if (error) throw error;
  done += 1;
  if (done % (total / 20) !== 0) continue;
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  samples.push({ rssMb: rss / 2 ** 20, heapMb: heapUsed / 2 ** 20 });
}
process.stdout.write(JSON.stringify(samples));
