import { html } from 'hono/html';
import { type DataName, labelOf } from '../scopes.ts';
import type { SharedItem, Verification } from '../session.ts';
import { type Html, type Icon, icon, outside } from './layout.ts';

const verifications: Readonly<Record<Verification, { text: string; tone: string; icon: Icon }>> = {
  verified: { text: 'Verified by Didit', tone: 'good', icon: 'check' },
  unverified: { text: 'Not verified', tone: 'bad', icon: 'cross' },
  unstated: { text: 'Verification not stated', tone: 'neutral', icon: 'dash' },
  too_large: { text: 'Too large to be kept', tone: 'bad', icon: 'alert' },
};

/** What was shared, and whether Didit has verified it. */
export function sharedList(items: readonly SharedItem[]): Html {
  return html`<dl class="shared">${items.map(({ name, value, verification }) => {
    const { text, tone, icon: sign } = verifications[verification];
    return html`<div data-item="${name}">
      <dt>${labelOf(name)}</dt>
      <dd><span class="value">${value === '' ? withoutValue(verification) : outside(value)}</span> <span class="mark ${tone}">${icon(sign)} ${text}</span></dd>
    </div>`;
  })}</dl>`;
}

function withoutValue(verification: Verification): string {
  return verification === 'too_large' ? 'Shared' : 'Shared, without a value';
}

/** What was asked for and not shared. */
export function missingList(asked: readonly DataName[], shared: readonly DataName[]): Html | '' {
  const missing = asked.filter((name) => !shared.includes(name));
  if (missing.length === 0) return '';
  return html`<h2>Asked for and not shared</h2>
    <ul class="tags missing">${missing.map((name) => html`<li>${labelOf(name)}</li>`)}</ul>`;
}
