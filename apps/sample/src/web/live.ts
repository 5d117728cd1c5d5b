import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Site } from './visitors.ts';

/** What the events say: which version of the page is current, never what is in it. */
export interface LiveState {
  readonly version: string;
  /** Nothing more will happen. */
  readonly isFinal: boolean;
}

/** So that proxies keep the connection. */
const heartbeatMs = 20_000;
/** Changes that follow each other faster than this are one event. */
const shortestPauseMs = 150;
const reconnectMs = 1_000;

/**
 * Server-sent events. A page that connects, or connects again, first receives the current version, so that it misses
 * nothing of what happened in between.
 *
 * @param current returns undefined when the page no longer exists
 */
export function liveStream(
  c: Context,
  { changes, closing }: Site,
  topics: readonly string[],
  current: () => LiveState | undefined,
): Response {
  if (c.req.method === 'HEAD') return c.body(null); // nobody would read the events, so the stream would never end
  c.header('X-Accel-Buffering', 'no'); // or nginx holds the events back until there are many
  return streamSSE(c, async (stream) => {
    const ended = new AbortController();
    const signal = AbortSignal.any([ended.signal, closing]);
    stream.onAbort(() => ended.abort());
    let news = new AbortController();
    const forget = changes.listen(topics, () => news.abort());
    const pause = (ms: number, end: AbortSignal) => sleep(ms, undefined, { signal: end }).catch(() => {});

    try {
      for (let sent: string | undefined; !signal.aborted; ) {
        news = new AbortController();
        const state = current();
        if (!state) return;
        const { version, isFinal } = state;
        if (version === sent) await stream.write(': still here\n\n');
        else await stream.writeSSE({ id: version, event: 'change', data: version, retry: reconnectMs });
        if (isFinal) return;
        sent = version;
        await pause(shortestPauseMs, signal);
        await pause(heartbeatMs, AbortSignal.any([signal, news.signal]));
      }
    } finally {
      forget();
    }
  });
}
