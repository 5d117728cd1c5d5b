import { html, raw } from 'hono/html';
import type { Html } from './layout.ts';

const paths = {
  check: 'm5 12.5 4.5 4.5L19 7.5',
  cross: 'M7 7l10 10M17 7 7 17',
  clock: 'M12 7v5l3.5 2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18',
  alert: 'M12 8v5m0 3.2v.1M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18',
  dash: 'M7 12h10',
  away: 'm14 5 5 0 0 5M19 5l-8 8M17 14v4a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h4',
} as const;

export type Icon = keyof typeof paths;

/** A picture beside words that say the same: hidden from those who listen. */
export function icon(name: Icon): Html {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${raw(paths[name])}"/></svg>`;
}
