// Create a session, show its URL, wait until the person has decided, use what was shared.
import { clientFromEnv, NotConfirmedError, requireScopes } from '@didit-data/client';

const didit = clientFromEnv();

const session = await didit.sessions.create({ scope: ['names', 'email'], vendor_data: 'user-42' });
console.log(`Show this to the person, as a link or a QR code: ${new URL(session.url).origin}/…`);

const decision = await didit.sessions.waitForDecision(session, {
  timeoutMs: 600_000,
  onStatus: (status) => console.log(`status: ${status}`),
});

try {
  const { names, email } = requireScopes(decision, ['names', 'email'], { verified: true });
  console.log(`verified: ${names.is_verified && email.is_verified}`);
} catch (error) {
  if (!(error instanceof NotConfirmedError)) throw error;
  console.log(`The person has not approved: ${error.decisionStatus}`);
}
