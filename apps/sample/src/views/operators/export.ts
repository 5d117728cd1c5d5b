import { html } from 'hono/html';
import { exportFormats } from '../../operators/export-file.ts';
import type { Export } from '../../store/export-store.ts';
import { type Html, page, withoutScript } from '../layout.ts';

export interface ExportView {
  readonly found: Export;
  readonly version: string;
  /** Whether the page reloads itself where no script runs. */
  readonly loadsAgain: boolean;
}

/** How far the export is, and a link to its file. */
export function exportPage({ found, version, loadsAgain }: ExportView): Html {
  const { id, format, isMasked, state, total, written, failed } = found;
  const { label } = exportFormats[format];
  const isRunning = state === 'running';
  const announce = isRunning ? '' : `${titles[state]}.`; // screen readers do not hear every step
  const live = { events: isRunning ? `/operators/exports/${id}/events` : undefined, version, announce, loadsAgain };
  const settled = written + failed;
  return page(
    { title: titles[state], live },
    html`<p><a href="/operators">All sessions</a></p>
      <h1 tabindex="-1">${titles[state]}</h1>
      <p class="lead">${label}, personal data ${isMasked ? 'masked' : 'in full'}</p>
      <label for="progress">Decisions retrieved: ${settled} of ${total}</label>
      <progress id="progress" max="${Math.max(1, total)}" value="${total === 0 && !isRunning ? 1 : settled}"></progress>
      ${
        failed === 0
          ? ''
          : html`<p class="note bad">${failed === 1 ? '1 decision' : `${failed} decisions`} could not be retrieved, or
              no longer confirmed. The file does not contain them.</p>`
      }
      ${state === 'failed' ? html`<p class="note bad">Didit refused this app’s credentials, or asked for a long pause. Try again later.</p>` : ''}
      ${state === 'done' ? html`<p class="actions"><a class="button" href="/operators/exports/${id}/file" download>Download the file</a></p>` : ''}
      <p class="soft small">The file is deleted within the hour; data that is due earlier is deleted from it earlier.</p>
      ${isRunning ? withoutScript(live) : ''}`,
  );
}

const titles = { running: 'Export under way', done: 'Export ready', failed: 'Export failed' } as const;
