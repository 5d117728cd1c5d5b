import { createClient, NotFoundError } from '@didit-data/client';

/**
 * What the packed package must be able to do on every runtime.
 *
 * @param settings where the mock is, how to get in, and `revokeUrl`, which revokes all its tokens
 */
export async function smoke({ revokeUrl, ...options }) {
  const tokens = [];
  const didit = createClient({ ...options, hooks: { onToken: ({ type }) => tokens.push(type) } });

  const session = await didit.sessions.create({ scope: ['email'] });
  const decision = await didit.sessions.decision(session);
  await fetch(revokeUrl, { method: 'POST' });
  const again = await didit.sessions.decision(session);
  const unknown = await didit.sessions.decision('no-such-session').catch((error) => error);

  const ids = Array.from({ length: 20 }, () => session.session_id);
  let bulk = 0;
  for await (const { decision } of didit.sessions.decisions(ids, { concurrency: 20 })) if (decision) bulk += 1;
  const { signal } = new AbortController();
  const together = await Promise.all(ids.map((id) => didit.sessions.decision(id, { signal })));

  return {
    status: decision.status,
    verified: decision.user_data?.email?.is_verified,
    again: again.status,
    tokens,
    many: [bulk, together.length],
    unknown: unknown instanceof NotFoundError && `${unknown.name} ${unknown.status}`,
  };
}
