import type { Session, SessionStatus } from '../service/session.ts';
import { isKnownScope, labelOf, previewOf } from '../service/user-data.ts';
import { Html, html } from './html.ts';
import { style } from './style.ts';

const longestShown = 200;

const endings: Readonly<Record<Exclude<SessionStatus, 'initialized' | 'retrieved'>, [title: string, text: string]>> = {
  confirmed: ['Confirmed', 'You have confirmed this request.'],
  declined: ['Declined', 'You have declined this request. Nothing was shared.'],
  cancelled: ['Cancelled', 'This request was cancelled. Nothing was shared.'],
  expired: ['Expired', 'This request has expired. Nothing was shared.'],
};

/** The page of a session: the question while it is open, then how it ended. */
export function consentPage(session: Session): string {
  const { status } = session;
  if (status === 'initialized' || status === 'retrieved') return page('Share your data?', asking(session));
  const [title, text] = endings[status];
  return page(
    title,
    html`<h1>${title}</h1>
<p>${text} That is final; the app sees it with its next request.</p>
${status === 'confirmed' && shared(session)}
<p class="soft">Session <code>${session.id}</code></p>`,
  );
}

/** @param back address of the page to return to */
export function problemPage(title: string, text: string, back?: string): string {
  return page(
    title,
    html`<h1>${title}</h1>
<p>${text}</p>
${back !== undefined && html`<p><a href="${back}">Back to the request</a></p>`}`,
  );
}

function page(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – didit-data mock</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<header><p>didit-data mock: you play the person</p></header>
<main>
${content}
</main>
<footer><p>This person is fictitious. Nothing is sent to Didit.</p></footer>
</body>
</html>
`.toString();
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > longestShown ? `${characters.slice(0, longestShown).join('')}…` : text;
}

function requester({ vendorData }: Session): Html {
  return vendorData === undefined
    ? html`An app that sent no <code>vendor_data</code>`
    : html`The app that knows you as <code>${shorten(vendorData)}</code>`;
}

function choice(session: Session, scope: string): Html {
  return html`<label><input type="checkbox" name="scope" value="${scope}" checked><span>${labelOf(scope)}
<small>${previewOf(session.person, scope)}</small></span></label>
`;
}

function unknownScopes(scopes: readonly string[]): Html | false {
  return (
    scopes.length > 0 &&
    html`<h2>Requested, but unknown</h2>
<ul>${scopes.map((scope) => html`<li><code>${shorten(scope)}</code></li>`)}</ul>`
  );
}

function asking(session: Session): Html {
  const known = session.requestedScopes.filter(isKnownScope);
  const unknown = session.requestedScopes.filter((scope) => !isKnownScope(scope));
  return html`<h1>Share your data?</h1>
<p>${requester(session)} asks for the data below. Untick what you do not want to share.</p>
<form method="post">
${
  known.length > 0 &&
  html`<fieldset>
<legend>Your data</legend>
${known.map((scope) => choice(session, scope))}</fieldset>`
}
<div class="actions">
<button class="first" name="decision" value="confirm">Confirm</button>
<button name="decision" value="decline">Decline</button>
</div>
</form>
${unknownScopes(unknown)}
<h2 id="other">Other endings</h2>
<form method="post" class="actions" aria-labelledby="other">
<button name="decision" value="cancel">Cancel</button>
<button name="decision" value="expire">Let it expire</button>
</form>`;
}

function shared(session: Session): Html {
  return session.approvedScopes.length === 0
    ? html`<p>No data was shared, only that you are the same person as last time.</p>`
    : html`<h2>What you have shared</h2>
<ul>${session.approvedScopes.map((scope) => html`<li>${labelOf(scope)} <small>${previewOf(session.person, scope)}</small></li>`)}</ul>`;
}
