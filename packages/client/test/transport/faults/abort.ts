import { getEventListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { confirmed, rejection } from '../../support/helpers.ts';
import { isToken, sendJson } from '../../support/service.ts';
import { eventually, secrets, type Trial } from '../../support/trial.ts';

/** The caller's own abort, at each stage: always the caller's own reason, and nothing left behind. */
export function abortFaults(trial: () => Trial): void {
  const reason = new Error('the user has left');

  test('before the call sends nothing', async () => {
    let asked = 0;
    const { url } = await trial().serve((_, response) => {
      asked += 1;
      response.end();
    });
    const { controller, keyed, client } = trial();
    controller.abort(reason);
    expect(await rejection(keyed(url).sessions.decision('s-1', { signal: controller.signal }))).toBe(reason);
    expect(await rejection(client(url).sessions.decision('s-1', { signal: controller.signal }))).toBe(reason);
    expect(asked).toBe(0);
  });

  /** A service that issues a token when the test says so. */
  async function issuing() {
    const issue: (() => void)[] = [];
    const service = await trial().serve((request, response) => {
      if (!isToken(request)) return sendJson(response, confirmed);
      issue.push(() => sendJson(response, { access_token: secrets.accessToken, expires_in: 60 }));
      return undefined;
    });
    const { controller, client } = trial();
    const didit = client(service.url);
    const call = rejection(didit.sessions.decision('s-1', { signal: controller.signal }));
    await eventually(() => issue.length === 1, 'no token was asked for');
    return { service, issue, didit, call, controller };
  }

  test('while a token is under way ends the call, and the token serves the others', async () => {
    const { issue, didit, call, controller } = await issuing();
    const other = didit.sessions.decision('s-1');
    controller.abort(reason);
    expect(await call).toBe(reason);
    issue[0]?.();
    expect((await other).status).toBe('Confirmed');
    expect((await didit.sessions.decision('s-1')).status).toBe('Confirmed');
    expect(issue).toHaveLength(1);
  });

  test('of the last call that waits for a token ends the token request, and the next call asks again', async () => {
    const { service, issue, didit, call, controller } = await issuing();
    controller.abort(reason);
    expect(await call).toBe(reason);
    await eventually(() => service.busy() === 0, 'the token request is still under way');
    const next = didit.sessions.decision('s-1');
    await eventually(() => issue.length === 2, 'no token was asked for');
    issue[1]?.();
    expect((await next).status).toBe('Confirmed');
  });

  test.each<[string, (response: ServerResponse) => void, object]>([
    ['before the headers', () => {}, {}],
    ['within the body', (response) => response.writeHead(200).write('{"a'), {}],
    [
      'within a body of known length',
      (response) => response.writeHead(200, { 'content-length': 100 }).write('{"a'),
      {},
    ],
    [
      'within a compressed body',
      (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).write('\x1f'),
      {},
    ],
    ['within the body of an error', (response) => response.writeHead(500).write('{"a'), {}],
    ['while waiting to send again', (r) => sendJson(r, {}, 429, { 'retry-after': '30' }), { maxRetries: 2 }],
  ])('%s ends the call', async (_, answer, options) => {
    let answered = false;
    const { against, controller } = trial();
    const didit = await against((_, response) => {
      answer(response);
      answered = true;
    }, options);
    const call = rejection(didit.sessions.decision('s-1', { signal: controller.signal }));
    await eventually(() => answered, 'the service was not asked');
    await new Promise((resolve) => setTimeout(resolve, 20)); // what was written arrives
    controller.abort(reason);
    expect(await call).toBe(reason);
  });

  test('with a reason that is not an Error throws that reason', async () => {
    const { against, controller } = trial();
    const didit = await against(() => {});
    const call = rejection(didit.sessions.decision('s-1', { signal: controller.signal }));
    setTimeout(() => controller.abort('enough'), 20);
    expect(await call).toBe('enough');
  });

  test('after the call does nothing, and a hundred calls leave no listener', async () => {
    const { against, controller } = trial();
    const didit = await against((_, response) => sendJson(response, confirmed));
    for (let n = 0; n < 10; n += 1) {
      const calls = Array.from({ length: 10 }, () => didit.sessions.decision('s-1', { signal: controller.signal }));
      await Promise.all(calls);
    }
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    controller.abort(reason);
  });
}
