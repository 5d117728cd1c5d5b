import { html } from 'hono/html';
import { type Ending, type FailReason, isOpen } from '../session.ts';
import { formatDuration, formatTime } from './format.ts';
import { type Html, type Icon, icon, outside, page } from './layout.ts';
import { missingList, sharedList } from './shared-list.ts';
import { type SessionView, waitingPage } from './waiting.ts';

interface Words {
  readonly badge: string;
  readonly sign: Icon;
  readonly title: string;
  readonly text: string;
  /** What to do next. */
  readonly next: string;
}

const endings: Readonly<Record<Exclude<Ending, 'confirmed' | 'failed'>, Words>> = {
  declined: {
    badge: 'Declined',
    sign: 'cross',
    title: 'The request was declined',
    text: 'Nothing was shared.',
    next: 'If that was not what you wanted, start again. You can share less than is asked for.',
  },
  cancelled: {
    badge: 'Cancelled',
    sign: 'cross',
    title: 'The request was cancelled',
    text: 'Nothing was shared.',
    next: 'Start again whenever you like.',
  },
  expired: {
    badge: 'Expired',
    sign: 'clock',
    title: 'The request has expired',
    text: 'Nobody decided in time. Nothing was shared.',
    next: 'Start again: you get a new code, and the old one no longer works.',
  },
};

const startAgain = 'Start again: you get a new code.';
const failures: Readonly<Record<FailReason, readonly [text: string, next: string]>> = {
  gone: ['Didit does not know this request any more.', startAgain],
  refused: ['Didit refused to say how it ended.', 'Start again. If it fails once more, write to us.'],
  unusable: [
    'Didit’s answer could not be understood, so it was not used.',
    'Start again. If it fails once more, write to us: it is our mistake or Didit’s, and not yours.',
  ],
  silence: ['No decision reached us in time.', startAgain],
  unfinished: ['This site stopped while it was asking Didit.', startAgain],
  locked: ['This request can no longer be followed.', startAgain],
};

/** One session: how far it has come, or how it has ended. Only a confirmation shows data. */
export function sessionPage(view: SessionView): Html {
  const { state } = view.session;
  if (isOpen(state)) return waitingPage(view, state);
  return state === 'confirmed' ? confirmedPage(view) : endedPage(view, state);
}

/** What was shared, for as long as the app keeps it. */
function confirmedPage({ session, version, retentionMs }: SessionView): Html {
  const { items, asked, shared, endedAt = 0 } = session;
  const announce = 'Confirmed. Thank you, you are done.';
  return page(
    { title: 'Confirmed', live: { events: undefined, version, announce, loadsAgain: false } },
    html`<p class="state good">${icon('check')} Confirmed</p>
      <h1 tabindex="-1">Thank you, you are done</h1>
      ${items ? '' : html`<p class="lead">What you shared on ${formatTime(endedAt)} has been deleted.</p>`}
      ${items?.length === 0 ? html`<p class="lead">You confirmed who you are, and shared no data.</p>` : ''}
      ${items?.length ? html`<h2>What you shared</h2>${sharedList(items)}` : ''}
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

/** The session ended without data: why, and what to do next. */
function endedPage({ session, version }: SessionView, ending: Exclude<Ending, 'confirmed'>): Html {
  const { badge, sign, title, text, next } = ending === 'failed' ? failedWords(session.reason) : endings[ending];
  const announce = `${badge}. ${title}.`;
  return page(
    { title: badge, live: { events: undefined, version, announce, loadsAgain: false } },
    html`<p class="state bad">${icon(sign)} ${badge}</p>
      <h1 tabindex="-1">${title}</h1>
      <p class="lead">${text}</p>
      <h2>What to do next</h2>
      <p>${next}</p>
      <p class="actions"><a class="button" href="/">Start again</a></p>
      ${session.reference === '' ? '' : html`<p class="soft small">Reference: ${outside(session.reference)}</p>`}`,
  );
}

function failedWords(reason: FailReason = 'unusable'): Words {
  const [text, next] = failures[reason];
  const title = 'The verification failed';
  return { badge: 'Failed', sign: 'alert', title, text: `${text} Nothing was confirmed.`, next };
}
