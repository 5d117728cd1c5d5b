import { expect, test } from 'vitest';
import { confirmed, created, openSite } from './support/site.ts';
import type { Page } from './support/visitor.ts';

// A reference can hold such a character when an earlier version of the app, or another app, has written it.
const reference = 'order-marker\u202e';
const id = 'id-marker\u2067';
const data = {
  names: { full_name: 'name-marker\u202e', is_verified: true },
  email: { email: 'mail-marker\u202e@example.com' },
  phone: { phone_number: 'phone-marker\u061c' },
  user_id: 'user-marker\u202e',
  address: { street: 'street-marker\u202e', 'member-marker\u202e': 'x' },
  x_account: { name: 'account-marker\u202e' },
};
const asked = Object.keys(data);

/** The words on a page that came from outside, and whether the page keeps them apart from its own. */
function wordsOn({ text }: Page) {
  const kept = Array.from(text.matchAll(/<bdi>([^<]*)<\/bdi>/g), ([, word = '']) => word).join('\n');
  const own = text.replaceAll(/<bdi>[^<]*<\/bdi>/g, '').replaceAll(/<[^>]*>/g, '');
  const words = (place: string) => Array.from(place.matchAll(/\w+-marker|\p{Bidi_Control}/gu), ([word]) => word);
  const attributes = text.match(/[\w-]+="[^"]*marker[^"]*"/g) ?? [];
  return { kept: [...new Set(words(kept))].filter((word) => word.length > 1), own: words(own), attributes };
}

function check(page: Page, expected: readonly string[]): void {
  const { kept, own, attributes } = wordsOn(page);
  expect([page.status, own]).toEqual([200, []]);
  expect(kept).toEqual(expected);
  for (const attribute of attributes) expect(attribute).toMatch(/^(href|action|data-events)="\/|^value="/);
  for (const [input] of page.text.matchAll(/<input (?!type="hidden")[^>]*marker[^>]*>/g)) {
    expect(input).toContain('dir="auto"');
  }
}

test.each(['confirmed', 'declined'])(
  'text from outside does not change the direction of the site’s own words, on any page of a session that is %s',
  async (ending) => {
    let status = 'initialized';
    const site = openSite({
      create: () => Response.json({ ...created, session_id: id }),
      status: () => Response.json({ status }),
      decision: () => confirmed(data, { status })('order-marker', id),
    });
    const visitor = site.newVisitor();
    const { asOperator } = visitor;
    await visitor.start(asked, 'order-marker');
    site.database.prepare('UPDATE sessions SET reference = ?').run(reference);
    const path = `/sessions/${encodeURIComponent(id)}`;
    const table = `/operators?q=${encodeURIComponent(reference)}`;
    check(await visitor.get('/'), ['order-marker']);
    check(await visitor.get(path), ['order-marker']);
    check(await visitor.get(table, asOperator), ['order-marker', 'id-marker']);
    check(await visitor.get(`/operators${path}`, asOperator), ['order-marker', 'id-marker']);

    status = ending;
    const page = await visitor.wait(path);
    const shared = ['name-marker', 'mail-marker', 'phone-marker', 'user-marker', 'street-marker', 'member-marker'];
    const isConfirmed = ending === 'confirmed';
    check(page, isConfirmed ? [...shared, 'account-marker'] : ['order-marker']);
    check(await visitor.get(table, asOperator), ['order-marker', 'id-marker']);
    const form = await visitor.formToken(`/operators${path}`, asOperator);
    const shown = await visitor.post(`/operators${path}`, [['form', form]], asOperator);
    if (isConfirmed) check(shown, ['order-marker', 'id-marker', ...shared, 'account-marker']);
    const masked = await visitor.get(`/operators${path}`, asOperator);
    check(masked, ['order-marker', 'id-marker']);
  },
);
