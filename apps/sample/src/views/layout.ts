import { html, raw } from 'hono/html';

/** A piece of a page in which everything that came from outside has been escaped. */
export type Html = ReturnType<typeof html>;

/** A text that came from outside. Characters in it that change the direction of text do not change the words beside it. */
export function outside(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}

const paths = {
  check: 'm5 12.5 4.5 4.5L19 7.5',
  cross: 'M7 7l10 10M17 7 7 17',
  clock: 'M12 7v5l3.5 2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18',
  alert: 'M12 8v5m0 3.2v.1M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18',
  dash: 'M7 12h10',
  away: 'm14 5 5 0 0 5M19 5l-8 8M17 14v4a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h4',
} as const;

export type Icon = keyof typeof paths;

/** A picture beside words that say the same: hidden from screen readers. */
export function icon(name: Icon): Html {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${raw(paths[name])}"/></svg>`;
}

/** A page that changes while it is open. */
export interface Live {
  /** Where its events come from; undefined when nothing more will happen. */
  readonly events: string | undefined;
  /** The version that it shows. */
  readonly version: string;
  /** What screen readers say when the page changes. */
  readonly announce: string;
  /** Whether it reloads itself where no script runs. */
  readonly loadsAgain: boolean;
}

interface Layout {
  readonly title: string;
  readonly live?: Live | undefined;
  /** Whether it has room for a table. Default: false. */
  readonly isWide?: boolean | undefined;
}

/** How often a live page reloads itself where no script runs, in seconds. */
const refreshSeconds = 3;

/** The frame around every page. */
export function page({ title, live, isWide = false }: Layout, content: Html): Html {
  const isLive = live?.events !== undefined;
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} – Sample shop</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/style.css">
    ${isLive ? html`<script type="module" src="/live.js"></script>` : ''}
    ${isLive && live.loadsAgain ? html`<noscript><meta http-equiv="refresh" content="${refreshSeconds}"></noscript>` : ''}
  </head>
  <body ${isWide ? html`class="wide"` : ''}>
    <a class="skip" href="#main">Skip to the content</a>
    <header><a class="brand" href="/"><img src="/icon.svg" alt="" width="32" height="32"> Sample shop</a></header>
    <div class="messages">
      <p id="announcement" class="unseen" role="status"></p>
      <p id="offline" class="note waiting" hidden>No connection to this site just now. The page keeps trying.</p>
    </div>
    <main id="main" tabindex="-1" ${live ? liveData(live) : ''}>${content}</main>
    <footer>
      <p>A sample app on <code>@didit-data/client</code>.</p>
      <nav aria-label="Site"><a href="/">Start</a> <a href="/operators">For operators</a></nav>
    </footer>
  </body>
</html>`;
}

function liveData({ events, version, announce }: Live): Html {
  return html`data-version="${version}" data-announce="${announce}" ${events === undefined ? '' : html`data-events="${events}"`}`;
}

/** For live pages where no script runs: whether the page reloads itself, and a link that changes that. */
export function withoutScript({ loadsAgain }: Live): Html {
  const words = loadsAgain
    ? html`This page reloads itself every ${refreshSeconds} seconds. <a href="?refresh=off">Stop that</a>`
    : html`This page does not reload itself. <a href="?">Look now, and keep looking</a>`;
  return html`<noscript><p class="soft small">${words}</p></noscript>`;
}
