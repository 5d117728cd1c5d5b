import { html } from 'hono/html';
import { type DataName, dataNames, labelOf, preselected, usualNames, whyOf } from '../scopes.ts';
import type { Session } from '../session.ts';
import { formatDuration, formatTime } from './format.ts';
import { type Html, outside, page } from './layout.ts';

/** What the start page shows. */
export interface Choice {
  /** The token of the form. */
  readonly form: string;
  readonly asked?: readonly DataName[] | undefined;
  readonly reference?: string | undefined;
  /** Why the last form was not accepted. */
  readonly problem?: keyof typeof problems | undefined;
  /** This person's sessions that wait for a decision. */
  readonly waiting: readonly Session[];
  readonly retentionMs: number;
}

const problems = {
  scopes: 'Choose at least one kind of data.',
  reference: 'The reference is longer than 100 characters.',
  controls:
    'The reference contains a line break or another control character. It has been removed: send the form again.',
  stale: 'This page was open for too long. Send it again.',
} as const;

/** The start page: which data the shop asks for, and why. */
export function choosePage(choice: Choice): Html {
  const { form, asked = preselected, reference = '', problem, waiting, retentionMs } = choice;
  const more = dataNames.filter((name) => !usualNames.includes(name));
  const isReferenceBad = problem === 'reference' || problem === 'controls';
  return page(
    { title: problem ? `Error: ${problems[problem]}` : 'Verify your identity' },
    html`<h1>Verify your identity</h1>
      <p class="lead">Some things in this shop need to know who buys them. Didit has checked your data before, so you
        need not type it again: you see the request in the Didit app, and share as much of it as you like.</p>
      ${waiting.length === 0 ? '' : waitingList(waiting)}
      ${problem ? html`<p id="problem" class="note bad" role="alert">${problems[problem]}</p>` : ''}
      <form method="post" action="/sessions">
        <input type="hidden" name="form" value="${form}">
        <fieldset ${problem === 'scopes' ? html`aria-describedby="problem"` : ''}>
          <legend>What we ask for</legend>
          <div class="choices">${usualNames.map((name) => option(name, asked))}</div>
          <details ${more.some((name) => asked.includes(name)) ? 'open' : ''}>
            <summary>More kinds of data</summary>
            <div class="choices">${more.map((name) => option(name, asked))}</div>
          </details>
        </fieldset>
        <div class="field">
          <label for="reference">Your reference <span class="soft">(optional)</span></label>
          <p id="reference-hint" class="soft small">An order number, for example; nothing about yourself. Comes back with the answer.</p>
          <input id="reference" name="reference" maxlength="100" autocomplete="off" dir="auto" value="${reference}"
            aria-describedby="reference-hint ${isReferenceBad ? 'problem' : ''}"
            ${isReferenceBad ? html`aria-invalid="true"` : ''}>
        </div>
        <p class="soft small">What you share is stored encrypted and deleted ${formatDuration(retentionMs)} after you
          have shared it. A picture is never stored.</p>
        <p class="actions"><button type="submit">Start verification</button></p>
      </form>`,
  );
}

function option(name: DataName, asked: readonly DataName[]): Html {
  const id = `scope-${name}`;
  return html`<div class="choice">
    <input type="checkbox" name="scope" value="${name}" id="${id}" aria-describedby="${id}-why"
      ${asked.includes(name) ? 'checked' : ''}>
    <label for="${id}">${labelOf(name)}</label>
    <span id="${id}-why" class="soft small">${whyOf(name)}</span>
  </div>`;
}

function waitingList(waiting: readonly Session[]): Html {
  return html`<section class="note waiting" aria-labelledby="waiting">
    <h2 id="waiting">Waiting for you</h2>
    <ul>${waiting.map(
      ({ id, reference, createdAt }) =>
        html`<li><a href="/sessions/${encodeURIComponent(id)}">Continue with ${outside(reference)}</a>, asked for on ${formatTime(createdAt)}</li>`,
    )}</ul>
  </section>`;
}
