import { randomBytes } from 'node:crypto';
import type { Session as MadeSession } from '@didit-data/client';
import { crowded, logLine, notSaved, Refusal, unreadable } from '../failure.ts';
import type { NewSession } from '../session.ts';
import { whenFree } from '../store/when-free.ts';
import type { Core } from './core.ts';

/** A session that is being made. */
interface Work {
  /** Didit's answer. */
  readonly made: Promise<MadeSession>;
  /** The id, once the answer is in the database. */
  readonly saved: Promise<string>;
}

/** How many sessions of one browser may be open: it must not use up the limit of all. */
const mostOpenOfOne = 10;

export type Starter = ReturnType<typeof createStarter>;

/**
 * Starts sessions. Writes a session to the database before it asks Didit, and again with Didit's answer: a locked
 * database or a full disk loses no answer. Until the answer can be saved, it is kept in memory.
 */
export function createStarter({ didit, sessions, log, answerWithinMs, saveWithinMs, mostOpen, closing }: Core) {
  const starting = new Map<string, Work>();

  function reserve(request: NewSession): void {
    if (sessions.countOpen(request.owner) >= mostOpenOfOne) {
      throw new Refusal(crowded(30), 'one browser has too many open sessions');
    }
    if (sessions.countOpen() >= mostOpen) throw new Refusal(crowded(30), 'too many sessions are open');
    sessions.reserve(request);
  }

  async function save({ form }: NewSession, { session_id, session_token, url }: MadeSession): Promise<string> {
    const name = `session=${JSON.stringify(session_id.slice(0, 200))}`;
    const complain = setTimeout(() => log(`${name} is kept in memory: the database is unavailable`), saveWithinMs);
    try {
      if (!isUsable(session_id, url)) throw new Refusal(unreadable, 'its id or its link cannot be used');
      await whenFree(() => sessions.complete(form, session_id, { session_token, url }), closing);
      return session_id;
    } catch (error) {
      log(`${name} was made and is not saved: ${logLine(error)}`);
      await whenFree(() => sessions.end(form, { state: 'failed', reason: 'unusable' }), closing);
      throw new Refusal(unreadable, 'a session that Didit made cannot be saved', { cause: error });
    } finally {
      clearTimeout(complain);
    }
  }

  function begin(request: NewSession): Work {
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
    /**
     * Starts a session. The same form sent twice, even at the same time, starts one.
     *
     * @param request with an empty reference, the shop makes one
     * @returns the session's id
     */
    async start(request: NewSession): Promise<string> {
      const key = `${request.owner} ${request.form}`;
      let work = starting.get(key);
      if (!work) {
        const earlier = sessions.startedBy(request.form, request.owner);
        if (earlier !== undefined) return earlier;
        const reference = request.reference || `order-${randomBytes(5).toString('hex')}`;
        work = begin({ ...request, reference });
        starting.set(key, work);
        work.saved.catch(() => {}).finally(() => starting.delete(key));
      }
      await work.made;
      return Promise.race([work.saved, rejectAfter(saveWithinMs)]);
    },

    /** Waits for Didit's answers that are under way, and saves them. */
    async stop(): Promise<void> {
      await Promise.allSettled(Array.from(starting.values(), ({ saved }) => saved));
    },
  };
}

function rejectAfter(ms: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Refusal(notSaved, 'the database is unavailable')), ms).unref();
  });
}

/** Whether a page can have the id in its address and the link in a QR code: https, or http on loopback for a mock. */
function isUsable(id: string, link: string): boolean {
  if (['', '.', '..'].includes(id) || id.length > 200 || link.length > 2_000) return false;
  const url = URL.parse(link);
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(url.hostname);
}
