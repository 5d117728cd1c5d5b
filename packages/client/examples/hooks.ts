// Count requests and retries, and log responses that break the contract, without any personal data.
import { clientFromEnv } from '@didit-data/client';

const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

const didit = clientFromEnv({
  validation: 'report',
  hooks: {
    onResponse: ({ request, status, error }) => count(`${request.operation} ${status ?? error}`),
    onRetry: ({ operation }) => count(`${operation} sent again`),
    onToken: ({ type }) => count(`token ${type}`),
    onValidation: ({ operation, violations }) => console.warn(operation, violations),
  },
});

const session = await didit.sessions.create({ scope: ['email'] });
await didit.sessions.decision(session);
for (const [what, times] of counts) console.log(`${what}: ${times}`);
