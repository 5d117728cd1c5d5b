import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Changes } from '../flow/changes.ts';

/** What an open page is told: which version there is now, never what is in it. */
export interface LiveState {
  readonly version: string;
  /** Nothing more will happen. */
  readonly isFinal: boolean;
}

interface LiveOptions {
  readonly changes: Changes;
  readonly topics: readonly string[];
  /** @returns undefined when there is no longer anything to tell of */
  readonly current: () => LiveState | undefined;
  /** The app is ending. */
  readonly closing: AbortSignal;
}

/** So that proxies keep the connection. */
const heartbeatMs = 20_000;
/** Changes that come faster than this are told as one. */
const shortestPauseMs = 150;
const reconnectMs = 1_000;

/**
 * Server-sent events. A page that connects, or connects again, is told the current version first, so that it misses
 * nothing of what has happened in between.
 */
export function liveStream(c: Context, { changes, topics, current, closing }: LiveOptions): Response {
  if (c.req.method === 'HEAD') return c.body(null); // nobody would read the events, and so nobody would end them
  c.header('X-Accel-Buffering', 'no'); // or nginx holds the events back until there are many
  return streamSSE(c, async (stream) => {
    const ended = new AbortController();
    const signal = AbortSignal.any([ended.signal, closing]);
    stream.onAbort(() => ended.abort());
    let isNews = true;
    let wake = () => {};
    const forget = changes.listen(topics, () => {
      isNews = true;
      wake();
    });

    try {
      let told: string | undefined;
      while (!signal.aborted) {
        isNews = false;
        const state = current();
        if (!state) return;
        const { version, isFinal } = state;
        if (version === told) await stream.write(': still here\n\n');
        else await stream.writeSSE({ id: version, event: 'change', data: version, retry: reconnectMs });
        if (isFinal) return;
        told = version;
        await sleep(shortestPauseMs, undefined, { signal }).catch(() => {});
        if (!isNews) await untilWoken(signal, (resolve) => (wake = resolve));
      }
    } finally {
      forget();
    }
  });
}

/** Until there is news, the heartbeat is due, or it ends. */
async function untilWoken(signal: AbortSignal, onReady: (wake: () => void) => void): Promise<void> {
  const awake = new AbortController();
  onReady(() => awake.abort());
  await sleep(heartbeatMs, undefined, { signal: AbortSignal.any([signal, awake.signal]) }).catch(() => {});
}
