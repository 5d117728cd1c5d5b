import { expect, test, vi } from 'vitest';
import { openSite } from './support/site.ts';

/** Reads events until there are so many, or the stream ends. */
async function readEvents(response: Response, count: number): Promise<string[]> {
  const events: string[] = [];
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    events.push(...parts);
    if (events.length >= count) break;
  }
  return events;
}

test('the events of a session contain the version first, then each change, and no data; they end with the session', async () => {
  let status = 'initialized';
  const { app, newVisitor } = openSite({ status: () => Response.json({ status }) });
  const visitor = newVisitor();
  await visitor.start();
  const response = await app.request('/sessions/s-1/events', { headers: { cookie: visitor.cookie } });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  setTimeout(() => (status = 'retrieved'), 200);
  setTimeout(() => (status = 'confirmed'), 600);
  expect(await readEvents(response, 9)).toEqual([
    'event: change\ndata: 1\nid: 1\nretry: 1000',
    'event: change\ndata: 2\nid: 2\nretry: 1000',
    'event: change\ndata: 3\nid: 3\nretry: 1000',
  ]);
});

test('the events of a session end when the app ends', async () => {
  const { app, newVisitor, close } = openSite({ status: () => Response.json({ status: 'initialized' }) });
  const visitor = newVisitor();
  await visitor.start();
  const response = await app.request('/sessions/s-1/events', { headers: { cookie: visitor.cookie } });
  const events = readEvents(response, 9);
  await vi.waitFor(async () => close());
  expect(await events).toHaveLength(1);
});

test('closing a page ends its listening', async () => {
  const { app, newVisitor, listening } = openSite({ status: () => Response.json({ status: 'initialized' }) });
  const visitor = newVisitor();
  await visitor.start();
  const open = (method: string) => app.request('/sessions/s-1/events', { method, headers: { cookie: visitor.cookie } });
  const responses = await Promise.all([open('GET'), open('GET'), open('GET'), open('HEAD')]);
  await vi.waitFor(() => expect(listening()).toBe(3));
  for (const { body } of responses) await body?.cancel();
  await vi.waitFor(() => expect(listening()).toBe(0));
});

test('the events of a session say when Didit does not answer, and when it does again', async () => {
  let isDown = false;
  const status = () => (isDown ? new Response(null, { status: 503 }) : Response.json({ status: 'initialized' }));
  const { app, newVisitor } = openSite({ status });
  const visitor = newVisitor();
  await visitor.start();
  const response = await app.request('/sessions/s-1/events', { headers: { cookie: visitor.cookie } });
  const events = readEvents(response, 3);
  isDown = true;
  await vi.waitFor(async () => {
    expect((await visitor.get('/sessions/s-1')).text).toContain('Didit does not answer just now');
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  isDown = false;
  expect((await events).map((event) => /data: (.*)/.exec(event)?.[1])).toEqual(['1', '1-away', '1']);
  expect((await visitor.get('/sessions/s-1')).text).not.toContain('Didit does not answer just now');
});
