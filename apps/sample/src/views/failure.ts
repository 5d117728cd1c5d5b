import { html } from 'hono/html';
import { type Html, page } from './layout.ts';

/** What went wrong, in words for the person who sees it. */
export function failurePage({ title, text }: { readonly title: string; readonly text: string }): Html {
  return page(
    { title },
    html`<h1 tabindex="-1">${title}</h1>
      <p class="lead">${text}</p>
      <p class="actions"><a class="button" href="/">Back to the start</a></p>`,
  );
}
