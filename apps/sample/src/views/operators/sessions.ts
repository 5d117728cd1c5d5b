import { html } from 'hono/html';
import { exportFormats } from '../../operators/export-file.ts';
import { labelOf } from '../../scopes.ts';
import { type Session, states } from '../../session.ts';
import type { SessionQuery } from '../../store/session-search.ts';
import { formatAge, formatTime } from '../format.ts';
import { type Html, outside, page } from '../layout.ts';
import { stateLabel, stateMark } from './session.ts';

export interface SessionsView {
  /** Newest first. */
  readonly sessions: readonly Session[];
  /** How many match in all. */
  readonly total: number;
  readonly query: SessionQuery;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  /** How many of what was found can be exported. */
  readonly confirmed: number;
  /** The token of the export's form. */
  readonly form: string;
  readonly now: number;
}

/** All sessions, newest first. Shows which kinds of data were shared, and none of the data. */
export function sessionsPage(view: SessionsView): Html {
  const { sessions, total, now } = view;
  return page(
    { title: 'Sessions', isWide: true },
    html`<h1>Sessions</h1>
      ${searchForm(view.query)}
      <p class="soft" role="status">${total === 1 ? '1 session' : `${total} sessions`}</p>
      ${sessions.length === 0 ? html`<p>Nothing matches. <a href="/operators">Show all</a></p>` : table(sessions, now)}
      ${pager(view)}
      ${exportForm(view)}`,
  );
}

function searchForm({ text, state }: SessionQuery): Html {
  return html`<search><form method="get" action="/operators" class="row">
    <div class="field">
      <label for="q">Session or reference</label>
      <input type="search" id="q" name="q" value="${text}" maxlength="100" autocomplete="off" dir="auto">
    </div>
    <div class="field">
      <label for="state">Status</label>
      <select id="state" name="state">
        <option value="">Any</option>
        ${states.map((name) => html`<option value="${name}" ${name === state ? 'selected' : ''}>${stateLabel(name)}</option>`)}
      </select>
    </div>
    <button type="submit" class="quiet">Search</button>
  </form></search>`;
}

function table(sessions: readonly Session[], now: number): Html {
  return html`<div class="scroll" role="region" aria-label="Sessions" tabindex="0"><table>
    <thead><tr><th scope="col">Reference</th><th scope="col">Status</th><th scope="col">Age</th>
      <th scope="col">Asked for</th><th scope="col">Shared</th><th scope="col">Session</th></tr></thead>
    <tbody>${sessions.map((session) => row(session, now))}</tbody>
  </table></div>`;
}

function row({ id, reference, state, createdAt, asked, shared }: Session, now: number): Html {
  return html`<tr>
    <th scope="row">${reference === '' ? html`<span class="soft">deleted</span>` : outside(reference)}</th>
    <td>${stateMark(state)}</td>
    <td><time datetime="${new Date(createdAt).toISOString()}" title="${formatTime(createdAt)}">${formatAge(now - createdAt)}</time></td>
    <td>${asked.map(labelOf).join(', ')}</td>
    <td>${shared.length === 0 ? html`<span class="soft">nothing</span>` : shared.map(labelOf).join(', ')}</td>
    <td><a href="/operators/sessions/${encodeURIComponent(id)}"><code>${outside(shorten(id))}</code></a></td>
  </tr>`;
}

/** The beginning is enough to tell sessions apart; the session's own page has the whole id. */
function shorten(id: string): string {
  return id.length > 12 ? `${id.slice(0, 8)}…` : id;
}

function pager({ query, page: current, pageSize, total }: SessionsView): Html | '' {
  const last = Math.max(1, Math.ceil(total / pageSize));
  if (last === 1) return '';
  const link = (to: number, text: string) => {
    const parameters = new URLSearchParams({ q: query.text, state: query.state ?? '', page: String(to) });
    return html`<a href="/operators?${parameters.toString()}">${text}</a>`;
  };
  return html`<nav class="pager" aria-label="Pages">
    ${current > 1 ? link(current - 1, 'Newer') : ''}
    <span>Page ${current} of ${last}</span>
    ${current < last ? link(current + 1, 'Older') : ''}
  </nav>`;
}

function exportForm({ query, confirmed, form }: SessionsView): Html {
  return html`<section aria-labelledby="export">
    <h2 id="export">Export</h2>
    <p class="soft">Confirmed decisions among these sessions whose data is still kept: ${confirmed}. Each is retrieved
      again from Didit.</p>
    <form method="post" action="/operators/exports" class="row">
      <input type="hidden" name="form" value="${form}">
      <input type="hidden" name="q" value="${query.text}">
      <input type="hidden" name="state" value="${query.state ?? ''}">
      <div class="field">
        <label for="format">Format</label>
        <select id="format" name="format">${Object.entries(exportFormats).map(
          ([name, { label }]) => html`<option value="${name}">${label}</option>`,
        )}</select>
      </div>
      <div class="field">
        <label for="data">Personal data</label>
        <select id="data" name="data"><option value="masked">Masked</option><option value="full">In full</option></select>
      </div>
      <button type="submit" class="quiet" ${confirmed === 0 ? 'disabled' : ''}>Export</button>
    </form>
  </section>`;
}
