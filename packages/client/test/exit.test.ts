import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { output } from './support/outside.ts';
import { isToken, type Service, sendJson, serve } from './support/service.ts';

const folder = inject('folder');

/** Services that leave a client waiting: for the token, for an answer, or for the time to ask again. */
const services: Record<string, Service> = {};
beforeAll(async () => {
  services.token = await serve(() => {});
  services.answer = await serve((request, response) => {
    if (isToken(request)) sendJson(response, { access_token: 'token-1', expires_in: 86_400 });
  });
  services.pause = await serve((request, response) => {
    if (isToken(request)) sendJson(response, { access_token: 'token-1', expires_in: 86_400 });
    else sendJson(response, {}, 503, { 'retry-after': '50' });
  });
});
afterAll(() => Promise.all(Object.values(services).map((service) => service.close())));

describe.concurrent.each(['fetch', 'undici'])('a process whose client sends with %s', (transport) => {
  describe.concurrent.each(['token', 'answer', 'pause'])('and waits for the %s', (part) => {
    test.each([
      ['close', ['ClientClosedError', 'ClientClosedError', 'ClientClosedError']],
      ['abort', ['AbortError', 'AbortError', 'AbortError']],
    ])('ends soon after %s', async (way, expected) => {
      const settings = JSON.stringify({ baseUrl: services[part]?.url, way, transport });
      const { names, exitMs } = JSON.parse(await output(process.execPath, ['exit.mjs', settings], folder));
      expect(names.slice(0, 3)).toEqual(expected);
      expect(exitMs).toBeLessThan(1_000); // a time limit is 30 s, the pause 50 s
    });
  });
});
