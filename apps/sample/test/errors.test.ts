import { expect, test, vi } from 'vitest';
import { confirmed, created, openSite, type Service } from './support/site.ts';

const error = (status: number, headers = {}) => Response.json({ detail: 'the detail' }, { status, headers });

const html = { 'content-type': 'text/html' };

test.each<[string, Service, number, string]>([
  [
    'an HTML 502',
    { create: () => new Response('<h1>Bad Gateway</h1>', { status: 502, headers: html }) },
    502,
    'Didit is not available',
  ],
  ['a refused credential', { create: () => error(401) }, 500, 'This app is not set up correctly'],
  ...[400, 404, 405, 409, 422].map((status): [string, Service, number, string] => [
    `a ${status}`,
    { create: () => error(status) },
    502,
    'Didit did not accept the request',
  ]),
  ['a missing permission', { create: () => error(403) }, 500, 'This app is not set up correctly'],
  ['a truncated body', { create: () => new Response('{"session_id":') }, 502, 'Didit’s answer could not be read'],
  [
    'a body that breaks the contract',
    { create: () => Response.json({ ...created, session_id: 7 }) },
    502,
    'Didit’s answer could not be read',
  ],
])('while a session is started, %s becomes a page without details', async (_, service, status, title) => {
  const { newVisitor, entries } = openSite(service);
  const page = await newVisitor().start();
  expect([page.status, page.title]).toEqual([status, title]);
  expect(page.text).not.toMatch(/ at \/|the detail|Bad Gateway|secret/);
  expect(entries).toEqual([expect.stringMatching(/^POST \d+ \w+Error operation=createSession status=\d+$/)]);
});

test('while a session is started, the page passes on how long to wait', async () => {
  const page = await openSite({ create: () => error(429, { 'retry-after': '7' }) })
    .newVisitor()
    .start();
  expect([page.status, page.headers.get('retry-after')]).toEqual([503, '7']);
});

test('when the service is reachable again, the same form can be sent again', async () => {
  let isDown = true;
  const site = openSite({
    create: () => {
      if (isDown) throw new TypeError('fetch failed');
      return Response.json(created);
    },
  });
  const visitor = site.newVisitor();
  const fields = [
    ['form', await visitor.formToken()],
    ['scope', 'names'],
  ] as const;
  expect((await visitor.post('/sessions', fields)).title).toBe('Didit is not available');
  isDown = false;
  expect((await visitor.post('/sessions', fields)).status).toBe(303);
});

test('while a session is started, a service that does not answer in time becomes a 504', async () => {
  const { newVisitor } = openSite({
    answerWithinMs: 20,
    create: (request) =>
      new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason));
      }),
  });
  expect((await newVisitor().start()).status).toBe(504);
});

test.each<[string, Service, string]>([
  ['a session that is gone', { status: () => error(404) }, 'NotFoundError operation=getSessionStatus status=404'],
  ['a refusal', { status: () => error(400) }, 'BadRequestError operation=getSessionStatus status=400'],
  [
    'a status that breaks the contract',
    { status: () => Response.json({ status: 7 }) },
    'ResponseValidationError operation=getSessionStatus status=200',
  ],
  [
    'a decision that breaks the contract',
    { decision: confirmed({ email: { is_verified: 'yes' } }) },
    'ResponseValidationError operation=getSessionDecision status=200',
  ],
])('%s fails a session that waits', async (_, service, line) => {
  const { newVisitor, entries } = openSite(service);
  const page = await newVisitor().startAndEnd();
  expect(page.title).toBe('The verification failed');
  expect(page.text).toContain('What to do next');
  expect(page.text).not.toMatch(/the detail|Verified by/);
  expect(entries).toEqual([`waiting ${line}`]);
});

test('an id that the client refuses fails the session', async () => {
  const service = { create: () => Response.json({ ...created, session_id: 'a/b' }) };
  const { newVisitor, entries } = openSite(service);
  const visitor = newVisitor();
  expect((await visitor.startAndEnd()).title).toBe('The verification failed');
  expect(entries).toEqual([expect.stringMatching(/^waiting OptionsError/)]);
  expect((await visitor.get('/operators/sessions/a%2Fb', visitor.asOperator)).text).toMatch(/Failed.*unusable/);
});

test.each([404, 405, 409, 410, 422])('while a session waits, a %i is final', async (status) => {
  expect(
    (
      await openSite({ status: () => error(status) })
        .newVisitor()
        .startAndEnd()
    ).title,
  ).toBe('The verification failed');
});

test.each([1, 2])('%i failed calls in a row do not show on the page, and a third does', async (failures) => {
  let calls = 0;
  let isDown = false;
  const status = () => {
    calls += 1;
    const fails = isDown || (calls > 3 && calls <= 3 + failures);
    return fails ? new Response(null, { status: 503 }) : Response.json({ status: 'initialized' });
  };
  const visitor = openSite({ status }).newVisitor();
  await visitor.start();
  const words = 'Didit does not answer just now';
  while (calls < 8 + failures) expect((await visitor.get('/sessions/s-1')).text).not.toContain(words);
  isDown = true;
  await vi.waitFor(async () => expect((await visitor.get('/sessions/s-1')).text).toContain(words));
});

test.each([401, 403, 408, 425, 429, 500, 503])(
  'while a session waits, the app keeps trying after a %i',
  async (status) => {
    let failures = 3;
    const { newVisitor } = openSite({
      status: () => (failures-- > 0 ? error(status) : Response.json({ status: 'confirmed' })),
    });
    expect((await newVisitor().startAndEnd()).title).toBe('Thank you, you are done');
  },
);

test('the app’s own errors are logged without their message, which could contain anything', async () => {
  const site = openSite({
    now: () => {
      throw new RangeError('Ada Lovelace');
    },
  });
  const failed = await site.newVisitor().get('/');
  expect(failed.status).toBe(500);
  expect(failed.text).not.toMatch(/Lovelace| at /);
  expect(site.entries).toEqual([expect.stringMatching(/^GET 500 RangeError\n\s+at /)]);
  expect(site.entries[0]).not.toContain('Lovelace');
});

test('a client that does not accept HTML gets errors in plain text', async () => {
  const visitor = openSite().newVisitor();
  const page = await visitor.get('/nowhere', { accept: 'text/html,*/*;q=0.8' });
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8']);
  const plain = await visitor.get('/nowhere', { accept: 'application/json' });
  expect([plain.status, plain.headers.get('content-type')]).toEqual([404, 'text/plain; charset=UTF-8']);
});
