import { getEventListeners } from 'node:events';
import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterEach, beforeEach, expect } from 'vitest';
import { type CommonOptions, createClient, type DiditClient, type DiditDataError } from '../../src/index.ts';
import { rejection } from './helpers.ts';
import { isToken, type Service, sendJson, serve, serveSockets } from './service.ts';

/** A transport under test. */
interface Transport {
  /** Absent where it is the default one. */
  readonly fetch?: CommonOptions['fetch'];
  /** Ends its connections; absent where idle ones are kept for the next. */
  close?(): Promise<void>;
}
export type MakeTransport = () => Transport;

export const secrets = {
  clientId: 'client-1',
  clientSecret: 'secret:Kq83-ümlaut',
  accessToken: 'token-Zx71',
  email: 'ada@example.com',
  name: 'Lovelace',
};

export interface Trial {
  /** A client of a service that issues tokens, and answers everything else with `answer`. */
  against(answer: RequestListener, options?: CommonOptions): Promise<DiditClient>;
  /** A client with an API key, so that the first connection is the call's own. */
  againstSockets(answer: (socket: Socket, request: string) => void, options?: CommonOptions): Promise<DiditClient>;
  /** A client with a secret of any URL. */
  client(baseUrl: string, options?: CommonOptions): DiditClient;
  /** A client with an API key of any URL. */
  keyed(baseUrl: string, options?: CommonOptions): DiditClient;
  serve(answer: RequestListener): Promise<Service>;
  /** A signal that outlives calls: it must be left without listeners. */
  readonly controller: AbortController;
}

/** Sets each test up, and finds out afterwards whether anything was left behind. */
export function setUpTrials(makeTransport: MakeTransport): () => Trial {
  let transport: Transport;
  let services: Service[];
  let controller: AbortController;
  let timersBefore: number;
  let unhandled: unknown[];
  const onUnhandled = (reason: unknown) => unhandled.push(reason);

  beforeEach(() => {
    services = [];
    unhandled = [];
    controller = new AbortController();
    process.on('unhandledRejection', onUnhandled);
    timersBefore = timers();
    transport = makeTransport();
  });

  afterEach(async () => {
    try {
      await eventually(() => timers() <= timersBefore, 'timers were left behind');
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
      await eventually(() => services.every((service) => service.busy() === 0), 'something is still under way');
      await transport.close?.();
      const left = () => (transport.close ? services.reduce((sum, service) => sum + service.open(), 0) : 0);
      await eventually(() => left() === 0, 'connections were left open');
      await wait(5); // a turn for rejections that nobody handles
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', onUnhandled);
      await Promise.all(services.map((service) => service.close()));
    }
  });

  const { clientId, clientSecret, accessToken: access_token } = secrets;
  const common = () => ({ maxRetries: 0, timeoutMs: 2_000, fetch: transport.fetch });
  const started = (service: Service) => {
    services.push(service);
    return service;
  };
  const trial: Omit<Trial, 'controller'> = {
    client: (baseUrl, options) => createClient({ clientId, clientSecret, baseUrl, ...common(), ...options }),
    keyed: (baseUrl, options) => createClient({ apiKey: 'key-Pq52', baseUrl, ...common(), ...options }),
    serve: async (answer) => started(await serve(answer)),
    async against(answer, options) {
      const service = await trial.serve((request, response) => {
        if (isToken(request)) sendJson(response, { access_token, expires_in: 86_400 });
        else answer(request, response);
      });
      return trial.client(service.url, options);
    },
    async againstSockets(answer, options) {
      return trial.keyed(started(await serveSockets(answer)).url, options);
    },
  };
  return () => ({ ...trial, controller });
}

export async function eventually(holds: () => boolean, message: string): Promise<void> {
  const end = performance.now() + 1_500;
  while (!holds()) {
    if (performance.now() > end) throw new Error(message);
    await wait(5);
  }
}

type ErrorClass<E> = new (...args: never[]) => E;

/** What a call was rejected with: of this class, with these members, and without anything secret. */
export async function failure<E extends DiditDataError>(
  call: Promise<unknown>,
  Class: ErrorClass<E>,
  members: Readonly<Record<string, unknown>>,
): Promise<E> {
  const error = await rejection(call);
  expect(error).toBeInstanceOf(Class);
  expect(error).toMatchObject({ name: Class.name, ...members });
  const { message, stack } = error as E;
  for (const text of [inspect(error, { depth: 10 }), JSON.stringify(error), String(stack), message]) {
    for (const secret of [...Object.values(secrets), 'Kq83', 'key-Pq52', btoa('client-1:secret').slice(0, 16)]) {
      if (secret !== secrets.clientId) expect(text).not.toContain(secret);
    }
  }
  return error as E;
}

function timers() {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}
