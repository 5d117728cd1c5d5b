// Leaves a call in the middle, in the way that its argument says, and prints when nothing is left to do.
import process from 'node:process';
import { createClient } from '@didit-data/client';
import { undiciFetch } from '@didit-data/client/undici';

const { baseUrl, way, transport } = JSON.parse(process.argv[2]);
const options = { clientId: 'id', clientSecret: 'secret', baseUrl };
const didit = createClient({ ...options, ...(transport === 'undici' && { fetch: undiciFetch() }) });
const controller = new AbortController();
let names;

const session = { session_id: 's-1', session_token: 'st-1' };
const ids = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) };
const calls = [
  didit.sessions.decision('s-1', controller),
  didit.sessions.waitForDecision(session, controller),
  didit.sessions.decisions(ids, controller).next(),
  ...(way === 'close' ? [didit.prewarm()] : []),
];
setTimeout(async () => {
  const leftAt = performance.now();
  process.on('exit', () => {
    process.stdout.write(JSON.stringify({ names, exitMs: performance.now() - leftAt }));
  });
  if (way === 'close') await didit.close();
  else controller.abort();
  names = (await Promise.allSettled(calls)).map(({ reason }) => reason?.name);
}, 300);
