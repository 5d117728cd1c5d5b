import { html } from 'hono/html';
import { labelOf } from '../scopes.ts';
import type { OpenState, SessionLink } from '../session.ts';
import { icon } from './icons.ts';
import { type Html, outside, page, withoutScript } from './layout.ts';
import { qrCode } from './qr-code.ts';
import type { SessionView } from './session.ts';

const words: Readonly<Record<OpenState, { badge: string; title: string; text: string; step: number }>> = {
  creating: {
    badge: 'Under way',
    title: 'The request is being made',
    text: 'Didit has not answered yet. This page goes on by itself.',
    step: 0,
  },
  initialized: {
    badge: 'Waiting for you',
    title: 'Continue in the Didit app',
    text: 'Scan the code with your phone, or open the request on this device.',
    step: 1,
  },
  retrieved: {
    badge: 'Opened in the app',
    title: 'Decide in the Didit app',
    text: 'The request is open. Choose there what to share, and approve or decline it.',
    step: 2,
  },
  unknown: {
    badge: 'Not confirmed',
    title: 'The request is not confirmed',
    text: 'Didit reports a state that this site does not know. It is not taken for a confirmation; this page goes on looking.',
    step: 2,
  },
};

const steps = ['Request made', 'Open it in the Didit app', 'Choose what to share', 'See the result here'];

/** The person can still decide: where to do so, and how far it has come. */
export function waitingPage({ session, version, isServiceUp, loadsAgain }: SessionView, state: OpenState): Html {
  const { badge, title, text, step } = words[state];
  const live = {
    events: `/sessions/${encodeURIComponent(session.id)}/events`,
    version,
    announce: isServiceUp ? `${badge}. ${title}.` : 'Didit does not answer just now. This page keeps asking.',
    loadsAgain,
  };
  return page(
    { title: badge, live },
    html`<p class="state waiting">${icon('clock')} ${badge}</p>
      <h1 tabindex="-1">${title}</h1>
      <p class="lead">${text}</p>
      ${isServiceUp ? '' : html`<p class="note waiting">Didit does not answer just now. Nothing is lost: this page keeps asking.</p>`}
      <div class="handover">
        ${session.link && state !== 'unknown' ? wayIn(session.link) : ''}
        <div>
          <ol class="steps">${steps.map((name, at) => stepItem(name, at, step))}</ol>
          <h2>Asked for</h2>
          <ul class="tags">${session.asked.map((name) => html`<li>${labelOf(name)}</li>`)}</ul>
          <p class="soft small">Reference: ${outside(session.reference)}</p>
        </div>
      </div>
      ${withoutScript(live)}`,
  );
}

function wayIn({ url }: SessionLink): Html {
  return html`<div class="way-in">
    <a id="open" class="button" href="${url}" target="_blank" rel="noopener noreferrer">Open in the Didit app ${icon('away')}<span
      class="unseen"> (opens in a new tab)</span></a>
    ${qrCode(url, 'QR code that opens the request in the Didit app')}
  </div>`;
}

function stepItem(name: string, at: number, current: number): Html {
  if (at === current) return html`<li class="current" aria-current="step">${name}</li>`;
  return at < current
    ? html`<li class="done">${name}<span class="unseen">, done</span>${icon('check')}</li>`
    : html`<li>${name}</li>`;
}
