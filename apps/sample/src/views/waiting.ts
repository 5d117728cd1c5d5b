import { html, raw } from 'hono/html';
import encodeQR from 'qr';
import { labelOf } from '../scopes.ts';
import type { OpenState, Session, SessionLink } from '../session.ts';
import { type Html, icon, outside, page, withoutScript } from './layout.ts';

const words: Readonly<Record<OpenState, { badge: string; title: string; text: string; step: number }>> = {
  creating: {
    badge: 'Under way',
    title: 'The request is being made',
    text: 'Didit has not answered yet. This page updates itself.',
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
    text: 'Didit reports a state that this site does not know, and that is not a confirmation. This page keeps looking.',
    step: 2,
  },
};

const steps = ['Request made', 'Open it in the Didit app', 'Choose what to share', 'See the result here'];

/** What the page of a session shows. */
export interface SessionView {
  readonly session: Session;
  /** Of what is shown; see `web/live.ts`. */
  readonly version: string;
  readonly isServiceUp: boolean;
  /** Whether the page reloads itself where no script runs. */
  readonly loadsAgain: boolean;
  readonly retentionMs: number;
}

/** The person can still decide: where to do so, and how far the request has come. */
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
    <div class="qr" role="img" aria-label="QR code that opens the request in the Didit app">${qrCode(url)}</div>
  </div>`;
}

/** Dark on light in both colour schemes, or cameras do not read it. */
function qrCode(link: string): Html {
  const svg = encodeQR(link, 'svg', { ecc: 'medium', border: 4 });
  return html`${raw(svg.replace('<svg', '<svg aria-hidden="true"'))}`;
}

function stepItem(name: string, at: number, current: number): Html {
  if (at === current) return html`<li class="current" aria-current="step">${name}</li>`;
  return at < current
    ? html`<li class="done">${name}<span class="unseen">, done</span>${icon('check')}</li>`
    : html`<li>${name}</li>`;
}
