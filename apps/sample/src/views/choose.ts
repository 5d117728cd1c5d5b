import { html } from 'hono/html';
import { type DataName, dataNames, labels, preselected } from '../scopes.ts';
import { type Html, page } from './layout.ts';

interface Choice {
  readonly asked?: readonly DataName[];
  /** The last choice was not accepted. */
  readonly refused?: boolean;
}

/** The start: what to ask for. */
export function choosePage({ asked = preselected, refused = false }: Choice = {}): Html {
  return page(
    { title: refused ? 'Error: choose at least one kind of data' : 'Verify your identity' },
    html`<h1>Verify your identity</h1>
      <p class="lead">Choose what to ask for. Nothing is shared until it is approved in the Didit app, and less can be
        approved than is asked for.</p>
      <form method="post" action="/sessions">
        <fieldset ${refused ? html`aria-describedby="refused"` : ''}>
          <legend>Data to ask for</legend>
          ${refused ? html`<p id="refused" class="error" role="alert">Choose at least one kind of data.</p>` : ''}
          <div class="choices">${dataNames.map((name) => choice(name, asked.includes(name)))}</div>
        </fieldset>
        <button type="submit">Start verification</button>
      </form>`,
  );
}

function choice(name: DataName, checked: boolean): Html {
  return html`<label><input type="checkbox" name="scope" value="${name}" ${checked ? 'checked' : ''}> ${labels[name]}</label>`;
}
