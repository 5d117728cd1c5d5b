import { randomBytes } from 'node:crypto';
import type { DiditClient, Session as MadeSession } from '@didit-data/client';
import { logLine, NotSavedError, TooManyOpenError, UnusableAnswerError } from '../failure.ts';
import type { NewSession } from '../session.ts';
import type { SessionStore } from '../store/session-store.ts';
import { whenFree } from '../store/when-free.ts';

/** What somebody asks for. An empty reference: the shop makes one. */
type StartRequest = Omit<NewSession, 'id' | 'link'>;

interface StarterOptions {
  readonly didit: DiditClient;
  readonly sessions: SessionStore;
  readonly log: (entry: string) => void;
  /** How long Didit may take to answer. */
  readonly answerWithinMs: number;
  /** How long somebody waits for a database that is unavailable. */
  readonly saveWithinMs: number;
  /** How many sessions may wait at a time: each is asked after, again and again. */
  readonly mostOpen: number;
  /** The app is ending. */
  readonly closing: AbortSignal;
}

export interface Starter {
  /** Starts a session. The same form twice, even at once, starts one. @returns its id */
  start(request: StartRequest): Promise<string>;
  /** Waits for Didit's answers that are under way, and saves them. */
  stop(): Promise<void>;
}

/** A session in the making. */
interface Work {
  /** Didit's answer. */
  readonly made: Promise<MadeSession>;
  /** The id, once the answer is in the database. */
  readonly saved: Promise<string>;
}

/** So that one browser does not take all the places. */
const mostOpenOfOne = 10;

/**
 * A session is written to the database before Didit is asked for it, and again with Didit's answer: an answer is never
 * lost because the database is locked or the disk is full. Until it can be saved it is kept in memory.
 */
export function createStarter(options: StarterOptions): Starter {
  const { didit, sessions, log, answerWithinMs, saveWithinMs, mostOpen, closing } = options;
  const starting = new Map<string, Work>();

  function reserve(request: StartRequest): void {
    if (sessions.countOpen(request.owner) >= mostOpenOfOne) throw new TooManyOpenError('one browser has too many open');
    if (sessions.countOpen() >= mostOpen) throw new TooManyOpenError('too many sessions are open');
    sessions.reserve(request);
  }

  async function save({ form }: StartRequest, { session_id, session_token, url }: MadeSession): Promise<string> {
    const name = `session=${JSON.stringify(session_id.slice(0, 200))}`;
    const complain = setTimeout(() => log(`${name} is kept in memory: the database is unavailable`), saveWithinMs);
    try {
      if (!isUsable(session_id, url)) throw new UnusableAnswerError('an id or a link that cannot be used');
      await whenFree(() => sessions.complete(form, session_id, { session_token, url }), closing);
      return session_id;
    } catch (error) {
      log(`${name} was made and is not saved: ${logLine(error)}`);
      await whenFree(() => sessions.end(form, { state: 'failed', reason: 'unusable' }), closing);
      throw new UnusableAnswerError('a session that cannot be saved', { cause: error });
    } finally {
      clearTimeout(complain);
    }
  }

  function begin(request: StartRequest): Work {
    const reserved = whenFree(() => reserve(request), AbortSignal.timeout(saveWithinMs));
    const made = reserved.then(() => {
      const signal = AbortSignal.timeout(answerWithinMs);
      return didit.sessions.create({ scope: request.asked, vendor_data: request.reference }, { signal });
    });
    const saved = made.then(
      (session) => save(request, session),
      async (error) => {
        await reserved;
        await whenFree(() => sessions.release(request.form), closing);
        throw error;
      },
    );
    return { made, saved };
  }

  return {
    async start(request) {
      const key = `${request.owner} ${request.form}`;
      let work = starting.get(key);
      if (!work) {
        const earlier = sessions.startedBy(request.form, request.owner);
        if (earlier !== undefined) return earlier;
        work = begin({ ...request, reference: request.reference || makeReference() });
        starting.set(key, work);
        work.saved.catch(() => {}).finally(() => starting.delete(key));
      }
      await work.made;
      return Promise.race([work.saved, rejectAfter(saveWithinMs)]);
    },
    async stop() {
      await Promise.allSettled(Array.from(starting.values(), ({ saved }) => saved));
    },
  };
}

function rejectAfter(ms: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new NotSavedError('the database is unavailable')), ms).unref();
  });
}

function makeReference(): string {
  return `order-${randomBytes(5).toString('hex')}`;
}

/** Whether a page can have the id in its address and the link in a QR code: https, or http on loopback for a mock. */
function isUsable(id: string, link: string): boolean {
  if (['', '.', '..'].includes(id) || id.length > 200 || link.length > 2_000) return false;
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(url.hostname);
}
