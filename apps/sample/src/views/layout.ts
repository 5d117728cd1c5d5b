import { html } from 'hono/html';

/** A piece of page in which everything that came from outside has been escaped. */
export type Html = ReturnType<typeof html>;

interface Layout {
  readonly title: string;
  /** Loads the page again after so many seconds, for pages that wait for something. */
  readonly refreshSeconds?: number | undefined;
}

/** The frame around every page. */
export function page({ title, refreshSeconds }: Layout, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    ${refreshSeconds === undefined ? '' : html`<meta http-equiv="refresh" content="${refreshSeconds}">`}
    <title>${title} – Sample shop</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/style.css">
  </head>
  <body>
    <header><a href="/">Sample shop</a></header>
    <main>${content}</main>
    <footer><p>This site stores no personal data: what you share is retrieved anew each time it is shown.</p></footer>
  </body>
</html>`;
}
