import { html } from 'hono/html';
import { labelOf } from '../../scopes.ts';
import { isOpen, type Session, type SharedItem, type State } from '../../session.ts';
import { formatDuration, formatTime } from '../format.ts';
import { type Html, outside, page } from '../layout.ts';
import { missingList, sharedList } from '../shared-list.ts';

const labels: Readonly<Record<State, string>> = {
  creating: 'Under way',
  initialized: 'Waiting',
  retrieved: 'Opened',
  unknown: 'Unknown',
  confirmed: 'Confirmed',
  declined: 'Declined',
  cancelled: 'Cancelled',
  expired: 'Expired',
  failed: 'Failed',
};

export function stateLabel(state: State): string {
  return labels[state];
}

export function stateMark(state: State): Html {
  const tone = state === 'confirmed' ? 'good' : isOpen(state) ? 'waiting' : 'bad';
  return html`<span class="mark ${tone}">${labels[state]}</span>`;
}

export interface OperatorSessionView {
  readonly session: Session;
  /** Masked or not; undefined when none are kept. */
  readonly items: readonly SharedItem[] | undefined;
  readonly isMasked: boolean;
  /** The token of the form that asks for the data. */
  readonly form: string;
  readonly retentionMs: number;
  readonly now: number;
}

/** One session, as an operator sees it. */
export function operatorSessionPage({ session, items, isMasked, form, retentionMs, now }: OperatorSessionView): Html {
  const { id, reference, state, createdAt, endedAt, asked, shared, reason } = session;
  return page(
    { title: 'Session' },
    html`<p><a href="/operators">All sessions</a></p>
      <h1>${reference === '' ? 'Session' : outside(reference)}</h1>
      <dl class="facts">
        <div><dt>Session</dt><dd><code>${outside(id)}</code></dd></div>
        <div><dt>Status</dt><dd>${stateMark(state)}${reason ? html` <span class="soft">${reason}</span>` : ''}</dd></div>
        <div><dt>Started</dt><dd>${formatTime(createdAt)}, ${formatDuration(now - createdAt)} ago</dd></div>
        ${endedAt === undefined ? '' : html`<div><dt>Ended</dt><dd>${formatTime(endedAt)}</dd></div>`}
        <div><dt>Asked for</dt><dd>${asked.map(labelOf).join(', ')}</dd></div>
      </dl>
      ${state === 'confirmed' ? html`<h2>Shared</h2>` : ''}
      ${items ? sharedList(items) : ''}
      ${state === 'confirmed' && !items ? html`<p>The data has been deleted.</p>` : ''}
      ${items && isMasked ? reveal(form, `/operators/sessions/${encodeURIComponent(id)}`) : ''}
      ${state === 'confirmed' ? missingList(asked, shared) : ''}
      ${items && endedAt !== undefined ? html`<p class="soft small">The data is deleted on ${formatTime(endedAt + retentionMs)}.</p>` : ''}`,
  );
}

function reveal(form: string, action: string): Html {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="form" value="${form}">
    <p class="soft">Personal data is masked. The log records when it is shown.</p>
    <p class="actions"><button type="submit" class="quiet">Show the data</button></p>
  </form>`;
}
