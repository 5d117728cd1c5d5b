import type { Answer, MockRequest } from '../http/message.ts';
import type { Session, SessionStore } from '../service/session.ts';
import { consentPage, problemPage } from './page.ts';
import { contentSecurityPolicy } from './style.ts';

/** The consent page of a path. It answers GET, HEAD and POST. */
export type Consent = (path: string) => ((request: MockRequest) => Answer) | undefined;

const authorize = /^\/authorize\/([^/]+)\/?$/;

const decisions: Readonly<Record<string, (session: Session, share: readonly string[]) => void>> = {
  confirm: (session, share) => session.confirm({ share }),
  decline: (session) => session.decline(),
  cancel: (session) => session.cancel(),
  expire: (session) => session.expire(),
};

/** Plays the person's phone: opening the address retrieves the session, submitting the form decides. */
export function createConsent(sessions: SessionStore): Consent {
  return (path) => {
    const token = authorize.exec(path)?.[1];
    if (token === undefined) return undefined;
    return ({ method, body }) => {
      const session = sessions.withToken(decodeURIComponent(token));
      if (!session) {
        return show(404, problemPage('No such request', 'There is no session with this address on this mock.'));
      }
      if (method === 'POST') return decide(session, body);
      if (method === 'GET') session.open();
      return show(200, consentPage(session));
    };
  };
}

function show(status: number, body: string): Answer {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer', // the address contains the session token
      'x-content-type-options': 'nosniff',
    },
    body,
  };
}

/** Processes a submitted form, and redirects to the page. When the session is already final, changes nothing. */
function decide(session: Session, body: Buffer): Answer {
  const here = `/authorize/${session.token}`;
  const form = new URLSearchParams(body.toString('utf8'));
  const wanted = form.get('decision') ?? '';
  const act = Object.hasOwn(decisions, wanted) ? decisions[wanted] : undefined;
  const share = form.getAll('scope');
  if (!act || share.some((scope) => !session.requestedScopes.includes(scope))) {
    const text = 'The form contains no decision, or a scope that was not requested. Nothing has changed.';
    return show(400, problemPage('Not understood', text, here));
  }
  if (!session.isFinal) act(session, share);
  return { status: 303, headers: { location: here, 'cache-control': 'no-store' }, body: undefined };
}
