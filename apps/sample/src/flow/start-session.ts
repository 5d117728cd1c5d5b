import { randomBytes } from 'node:crypto';
import type { DiditClient } from '@didit-data/client';
import { TooManyOpenError, UnusableAnswerError } from '../failure.ts';
import type { NewSession } from '../session.ts';
import type { SessionStore } from '../store/session-store.ts';

/** What somebody asks for. An empty reference: the shop makes one. */
type StartRequest = Pick<NewSession, 'owner' | 'form' | 'reference' | 'asked'>;

interface StarterOptions {
  readonly didit: DiditClient;
  readonly sessions: SessionStore;
  /** How long Didit may take to answer. */
  readonly answerWithinMs: number;
  /** How many sessions may wait at a time: each is asked after, again and again. */
  readonly mostOpen: number;
}

/** Starts a session. The same form twice, even at once, starts one. @returns its id */
export type StartSession = (request: StartRequest) => Promise<string>;

/** So that one browser does not take all the places. */
const mostOpenOfOne = 10;

export function createStarter({ didit, sessions, answerWithinMs, mostOpen }: StarterOptions): StartSession {
  const starting = new Map<string, Promise<string>>();

  /** Those count as well that Didit has not answered yet: many can be sent at once. */
  const startingOf = (owner: string) => [...starting.keys()].filter((key) => key.startsWith(`${owner} `)).length;

  async function start({ reference, ...request }: StartRequest): Promise<string> {
    if (sessions.open(request.owner).length + startingOf(request.owner) >= mostOpenOfOne)
      throw new TooManyOpenError('one browser has too many open');
    if (sessions.countOpen() + starting.size >= mostOpen) throw new TooManyOpenError('too many sessions are open');
    const vendor_data = reference || makeReference();
    const { session_id, session_token, url } = await didit.sessions.create(
      { scope: request.asked, vendor_data },
      { signal: AbortSignal.timeout(answerWithinMs) },
    );
    if (!isSafeLink(url)) throw new UnusableAnswerError('the link of the session is not https');
    sessions.add({ ...request, id: session_id, reference: vendor_data, link: { session_token, url } });
    return session_id;
  }

  return async (request) => {
    const key = `${request.owner} ${request.form}`;
    const earlier = sessions.startedBy(request.form, request.owner) ?? starting.get(key);
    if (earlier !== undefined) return earlier;
    const started = start(request);
    starting.set(key, started);
    return started.finally(() => starting.delete(key));
  };
}

function makeReference(): string {
  return `order-${randomBytes(5).toString('hex')}`;
}

/** https, or http on loopback for a mock; never a script. */
function isSafeLink(link: string): boolean {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(url.hostname);
}
