import { html } from 'hono/html';
import { isOpen, type State } from '../../session.ts';
import type { Html } from '../layout.ts';

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
