// Retrieve many decisions, a few at a time, each as soon as it arrives.
import { clientFromEnv, isConfirmed } from '@didit-data/client';

const didit = clientFromEnv();

async function* sessionIds() {
  for (let n = 0; n < 20; n += 1) yield (await didit.sessions.create({ scope: ['email'] })).session_id;
  yield 'no-such-session';
}

let confirmed = 0;
for await (const { session_id, decision, error } of didit.sessions.decisions(sessionIds(), { concurrency: 4 })) {
  if (error) console.log(`${session_id}: ${error.name}`);
  else if (isConfirmed(decision)) confirmed += 1;
}
console.log(`confirmed: ${confirmed}`);
