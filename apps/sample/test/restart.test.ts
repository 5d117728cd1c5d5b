import { expect, test } from 'vitest';
import { confirmed, openSite, type Service } from './support/site.ts';
import { temporaryDatabase } from './support/temporary.ts';
import { sharedOn, type Visitor } from './support/visitor.ts';

const error = (status: number) => () => Response.json({}, { status });
const waiting = () => Response.json({ status: 'retrieved' });

/** Ends the app while a session is open, and starts it again on the same database. */
async function restartInMidSession(later: Service) {
  const file = await temporaryDatabase();
  const before = openSite({ file, status: waiting });
  const visitor = before.newVisitor();
  await visitor.start(['names'], 'order 7');
  await before.close();
  const after = openSite({ file, decision: confirmedLater, ...later });
  after.app.resume();
  return { after, visitor: sameVisitor(after.newVisitor(), visitor), file };
}

const confirmedLater = () => confirmed({ names: { full_name: 'Ada Lovelace', is_verified: true } })('order 7');

function sameVisitor(visitor: Visitor, { cookie }: Visitor): Visitor {
  visitor.cookie = cookie;
  return visitor;
}

test('after a restart the app continues with the same person, session and link', async () => {
  const { visitor } = await restartInMidSession({ status: waiting });
  const page = await visitor.get('/sessions/s-1');
  expect(page.title).toBe('Decide in the Didit app');
  expect(page.text).toContain('secret-of-s-1');
});

test('after a restart the app waits for the decision again', async () => {
  const { visitor } = await restartInMidSession({});
  const page = await visitor.wait('/sessions/s-1');
  expect(sharedOn(page)).toEqual({ names: 'Ada Lovelace · Verified by Didit' });
});

test('after a restart the shared data is still there', async () => {
  const { after, visitor, file } = await restartInMidSession({});
  await visitor.wait('/sessions/s-1');
  await after.close();
  const third = sameVisitor(openSite({ file }).newVisitor(), visitor);
  expect(sharedOn(await third.get('/sessions/s-1'))).toEqual({ names: 'Ada Lovelace · Verified by Didit' });
});

test.each([
  ['a service that refuses', error(401)],
  ['a service that says nothing new', waiting],
])('after a restart, %s for longer than a session lives fails the session', async (_, status) => {
  const { visitor } = await restartInMidSession({ status, now: () => Date.now() + 26 * 3_600_000 });
  expect((await visitor.wait('/sessions/s-1')).text).toContain('No decision reached us in time');
});

test('a session that was confirmed while the app was down for longer than it waits is confirmed', async () => {
  const { visitor } = await restartInMidSession({ now: () => Date.now() + 26 * 3_600_000 });
  const page = await visitor.wait('/sessions/s-1');
  expect(sharedOn(page)).toEqual({ names: 'Ada Lovelace · Verified by Didit' });
});

test('with another secret the app does not recognise the person, and the session has failed', async () => {
  const { after, visitor } = await restartInMidSession({ secret: 'another secret' });
  expect((await visitor.get('/sessions/s-1')).status).toBe(404);
  const operator = after.newVisitor();
  const page = await operator.wait('/operators/sessions/s-1', operator.asOperator);
  expect(page.text).toMatch(/Failed.*locked/);
});
