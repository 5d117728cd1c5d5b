import { html } from 'hono/html';
import { formatDuration, formatTime } from './format.ts';
import { icon } from './icons.ts';
import { type Html, page } from './layout.ts';
import type { SessionView } from './session.ts';
import { missingList, sharedList } from './shared-list.ts';

/** What was shared, for as long as it is kept. */
export function confirmedPage({ session, version, retentionMs }: SessionView): Html {
  const { items, asked, shared, endedAt = 0 } = session;
  const announce = 'Confirmed. Thank you, you are done.';
  return page(
    { title: 'Confirmed', live: { events: undefined, version, announce, loadsAgain: false } },
    html`<p class="state good">${icon('check')} Confirmed</p>
      <h1 tabindex="-1">Thank you, you are done</h1>
      ${items ? sharedNow(items) : html`<p class="lead">What you shared on ${formatTime(endedAt)} has been deleted.</p>`}
      ${missingList(asked, shared)}
      ${
        items
          ? html`<p class="soft small">Shared on ${formatTime(endedAt)}. This page is yours alone. The data is deleted
              on ${formatTime(endedAt + retentionMs)}, ${formatDuration(retentionMs)} after you have shared it.</p>`
          : ''
      }
      <p class="actions"><a class="button quiet" href="/">Start another verification</a></p>`,
  );
}

function sharedNow(items: NonNullable<SessionView['session']['items']>): Html {
  if (items.length === 0) return html`<p class="lead">You confirmed who you are, and shared no data.</p>`;
  return html`<h2>What you shared</h2>
    ${sharedList(items)}`;
}
