import { html } from 'hono/html';
import type { Progress, StateWithoutData } from '../flow.ts';
import type { OwnedSession } from '../session-store.ts';
import { type Html, page } from './layout.ts';
import { sharedData } from './shared-data.ts';

const refreshSeconds = 3;

/** One session: how far it has come and, once it is confirmed, what was shared. */
export function sessionPage(session: OwnedSession, progress: Progress): Html {
  if (progress.state === 'confirmed') {
    return page(
      { title: 'Confirmed' },
      html`<p class="state good" role="status">Confirmed</p>
        <h1>Thank you, you are done</h1>
        ${sharedData(progress.decision.user_data, session.asked)}
        ${startAgain('Start another verification')}`,
    );
  }
  const { badge, title, text, waiting = false, final = !waiting } = states[progress.state];
  return page(
    { title: badge, refreshSeconds: final ? undefined : refreshSeconds },
    html`<p class="state ${waiting ? 'waiting' : 'bad'}" role="status">${badge}</p>
      <h1>${title}</h1>
      <p class="lead">${text}</p>
      ${waiting ? openInApp(session) : startAgain('Start again')}
      ${final ? '' : looksAgain}`,
  );
}

interface Words {
  readonly badge: string;
  readonly title: string;
  readonly text: string;
  /** The person can still decide. */
  readonly waiting?: boolean;
  readonly final?: boolean;
}

const states: Readonly<Record<StateWithoutData, Words>> = {
  initialized: {
    badge: 'Waiting',
    title: 'Continue in the Didit app',
    text: 'Open the request in the Didit app and decide there what to share. This page then shows the result.',
    waiting: true,
  },
  retrieved: {
    badge: 'Opened in the app',
    title: 'Decide in the Didit app',
    text: 'The request is open in the Didit app. Approve or decline it there; this page then shows the result.',
    waiting: true,
  },
  declined: { badge: 'Declined', title: 'The request was declined', text: 'Nothing was shared.' },
  cancelled: { badge: 'Cancelled', title: 'The request was cancelled', text: 'Nothing was shared.' },
  expired: {
    badge: 'Expired',
    title: 'The request has expired',
    text: 'Nobody decided in time. Nothing was shared.',
  },
  unknown: {
    badge: 'Not confirmed',
    title: 'The request is not confirmed',
    text: 'Didit reports a state that this site does not know. It is not taken for a confirmation, and no data is shown.',
    final: false,
  },
};

function openInApp({ url }: OwnedSession): Html {
  return html`<p><a class="button" href="${url}" target="_blank" rel="noopener noreferrer">Open in the Didit app<span
        class="hint"> (opens in a new tab)</span></a></p>`;
}

const looksAgain = html`<p class="quiet">This page looks again every ${refreshSeconds} seconds.
  <a href="">Look now</a></p>`;

function startAgain(text: string): Html {
  return html`<p><a class="button quiet" href="/">${text}</a></p>`;
}
