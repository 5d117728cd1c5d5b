// The client's layers around a fetch of your own, for another endpoint of the same host.
import { clientFromEnv } from '@didit-data/client';
import {
  compose,
  suppliedTokenCredential,
  withAuth,
  withConnectionErrors,
  withRetry,
  withTimeout,
} from '@didit-data/client/layers';

const resilient = compose(
  (request, init) => fetch(request, init),
  withAuth(suppliedTokenCredential(async () => 'a-token-of-your-own')),
  withRetry({ maxRetries: 2 }),
  withTimeout({ timeoutMs: 5_000 }),
  withConnectionErrors,
);

const response = await resilient(new Request(`${process.env.DIDIT_BASE_URL}/auth/v2/session/s-1/decision/`));
console.log(`with a wrong token: ${response.status}`);
await response.body?.cancel();

await clientFromEnv().prewarm();
console.log('with the right credentials: a token');
