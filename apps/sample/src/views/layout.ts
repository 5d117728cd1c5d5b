import { html } from 'hono/html';

/** A piece of page in which everything that came from outside has been escaped. */
export type Html = ReturnType<typeof html>;

/**
 * A text that came from outside. It is a world of its own: characters in it that turn the direction of text do not turn the
 * words beside it.
 */
export function outside(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}

/** A page that changes while it is open. */
export interface Live {
  /** Where its events come from; undefined once nothing more will happen. */
  readonly events: string | undefined;
  /** The version that it shows. */
  readonly version: string;
  /** What those who listen are told when the page changes. */
  readonly announce: string;
  /** Whether it loads itself again where no script runs. */
  readonly loadsAgain: boolean;
}

interface Layout {
  readonly title: string;
  readonly live?: Live | undefined;
  /** Room for a table. */
  readonly isWide?: boolean | undefined;
}

/** How often a page that changes loads itself again where no script runs, in seconds. */
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
      <p id="offline" class="note waiting" hidden>No connection to this site just now. The page goes on by itself.</p>
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

/** For live pages where no script runs; with one it is not there. */
export function withoutScript({ loadsAgain }: Live): Html {
  const words = loadsAgain
    ? html`This page loads itself again every ${refreshSeconds} seconds. <a href="?refresh=off">Stop that</a>`
    : html`This page does not load itself again. <a href="?">Look now, and go on looking</a>`;
  return html`<noscript><p class="soft small">${words}</p></noscript>`;
}
