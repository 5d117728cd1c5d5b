import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type ApiError, createClient, type TokenError } from '../src/index.ts';
import { clientAnswering, json, observed, rejection } from './support/helpers.ts';

const vendor_data = 'Maria Garcia, Calle Mayor 5';

describe('a message does not quote what the caller sent', () => {
  test.each<[string, unknown]>([
    ['as it is', { detail: `vendor_data: "${vendor_data}" is too long` }],
    ['of a field', { vendor_data: [`"${vendor_data}" is too long`] }],
    ['in capitals', { message: `${vendor_data.toUpperCase()} is too long` }],
    ['as JSON in JSON', { detail: `got ${JSON.stringify({ vendor_data })}, too long` }],
    ['percent-encoded', { detail: `got vendor_data=${encodeURIComponent(vendor_data)}, too long` }],
    ['as a form', { detail: `got ${new URLSearchParams({ vendor_data })}, too long` }],
    ['cut short', { detail: `"${vendor_data.slice(0, 18)}…" is too long` }],
    ['cut within a word', { detail: `"${vendor_data.slice(0, 9)}" is too long` }],
    ['word by word', { detail: 'Garcia (Maria) is too long' }],
    ['by an OAuth error', { error: 'invalid', error_description: `${vendor_data} is too long` }],
  ])('%s', async (_, body) => {
    const message = await createRefusedWith(body);
    expect(message).toMatch(/^createSession: 400 .*\[redacted\].*too long.* Correct the request\.$/);
    for (const part of ['Maria', 'Garc', 'Calle', 'Mayor'])
      expect(message.toLowerCase()).not.toContain(part.toLowerCase());
  });

  test.each([
    ['ümit ÇELİK & "söhne"', 'Ümit'],
    ['<b>Ana</b>', 'Ana'],
    ['García \\ Peña', 'Garc'],
    ['52998224725', '52998224725'],
    ['a.b*c+(d)', 'a.b*c+(d)'],
    ['日本太郎', '日本太郎'],
    ['Li', 'Li'],
    ['\ud800 lone', 'lone'],
  ])('%s in any spelling', async (sent, part) => {
    const html = sent
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;');
    const ascii = JSON.stringify(sent).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
    for (const spelt of [sent, html, JSON.stringify(sent), ascii]) {
      const message = await createRefusedWith({ detail: `"${spelt}" does not fit` }, sent);
      expect(message).toContain('does not fit');
      expect(message).not.toContain(part);
      expect(message).not.toContain('00fc');
    }
  });

  test.each([
    ['names of two letters, cut', 'Li Wu, Bo Xi, Calle Mayor 5', 'Li Wu, Bo Xi, Cal', /Li|Wu|Bo|Xi|Cal/],
    ['Chinese, cut', '王小明住在北京市', '王小明', /王|小|明/],
    ['Thai, cut', 'สมชาย ใจดี', 'สมช', /สม/],
    ['three letters of a word', 'Anastasia', 'Ana', /Ana/],
    ['decomposed, quoted composed', 'José Muñoz'.normalize('NFD'), 'José Muñoz'.normalize('NFC'), /Jos|Mu/],
    ['with a sharp s, quoted in capitals', 'Strauß Weiß', 'STRAUSS WEISS', /STR|WEI/],
  ])('%s', async (_, sent, quoted, part) => {
    const message = await createRefusedWith({ detail: `"${quoted}…" does not fit` }, sent);
    expect(message).toContain('does not fit');
    expect(message).not.toMatch(part);
  });

  test.each([
    ['many words', 'Maria Garcia '.repeat(8_000)],
    ['one word', 'Maria'.repeat(20_000)],
    ['words that all differ', Array.from({ length: 12_000 }, (_, at) => `Maria${at}`).join(' ')],
  ])('%s of a very long value, in no time', async (_, sent) => {
    for (const spelt of [sent, sent.slice(0, 30_000), sent.slice(0, 3_999)]) {
      const startedAt = performance.now();
      expect(await createRefusedWith({ detail: `got ${spelt}` }, sent)).not.toContain('Mar');
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    }
  });

  test('what was not sent stays, and so do names of scopes', async () => {
    const message = await createRefusedWith({ scope: ['"names" is not enabled for this application.'] });
    expect(message).toBe('createSession: 400 scope: "names" is not enabled for this application. Correct the request.');
    expect(await createRefusedWith({ vendor_data: ['Ensure this field has at most 9 characters.'] })).toContain(
      'vendor_data: Ensure this field has at most 9 characters. Correct',
    );
  });

  test('a scope that is not the name of one is not quoted', async () => {
    const didit = clientAnswering(() => json({ detail: 'Unknown scope: Maria Garcia' }, { status: 400 }));
    const error = (await rejection(didit.sessions.create({ scope: 'Maria Garcia' }))) as Error;
    expect(error.message).toBe('createSession: 400 Unknown scope: [redacted]. Correct the request.');
  });

  test('headers of the call, and its own credential', async () => {
    const didit = clientAnswering((request) =>
      json(
        { detail: `no ${request.headers.get('x-person')}, ${request.headers.get('authorization')}` },
        { status: 403 },
      ),
    );
    const headers = { 'x-person': 'Maria Garcia', authorization: `Basic ${btoa('maria:p4ssw0rd-of-hers')}` };
    const error = (await rejection(didit.sessions.decision('s-1', { headers }))) as ApiError;
    expect(error.message).not.toMatch(/Maria|Garcia|bWFyaWE/);
    expect(JSON.stringify(error.body)).not.toContain('bWFyaWE');
  });

  test('in a status text, where there is no body, nor the credential there', async () => {
    const didit = clientAnswering((request) => {
      const statusText = `bad ${request.headers.get('authorization')?.slice(7)} for Maria Garcia`;
      return new Response(null, { status: 400, statusText });
    });
    const error = (await rejection(didit.sessions.create({ scope: 'names', vendor_data: 'Maria Garcia' }))) as Error;
    expect(error.message).toBe('createSession: 400 bad [redacted] for [redacted]. Correct the request.');
  });

  test.each(['Maria Garcia', 'maria@example.com', 'a'.repeat(200)])('%s for the id of a request', async (id) => {
    const didit = clientAnswering(() => json({}, { status: 500, headers: { 'x-request-id': id } }));
    expect(inspect(await rejection(didit.sessions.decision('s-1')))).not.toContain(id);
  });

  test('the token of a session, where a redirect points', async () => {
    const session = { session_id: 's-1', session_token: 'st-Qw9e' };
    const location = `https://app.example/authorize/${session.session_token}`;
    const didit = clientAnswering(() => new Response(null, { status: 302, headers: { location } }));
    const error = (await rejection(didit.sessions.status(session))) as Error;
    expect(error.message).toContain('redirect to https://app.example/authorize/[redacted]');
  });

  test('where a redirect points', async () => {
    const location = `https://else.example/${encodeURIComponent('Maria Garcia')}/x`;
    const didit = clientAnswering(() => new Response(null, { status: 302, headers: { location } }));
    const error = (await rejection(didit.sessions.create({ scope: 'names', vendor_data: 'Maria Garcia' }))) as Error;
    expect(error.message).toContain('redirect to https://else.example/[redacted]/x');
  });

  test('the title of a page instead of JSON', async () => {
    const didit = clientAnswering(() => new Response(`<title>No ${vendor_data} here</title>`));
    const error = (await rejection(didit.sessions.create({ scope: 'names', vendor_data }))) as Error;
    expect(error.message).toContain('a page, not JSON: "No [redacted]');
    expect(error.message).not.toMatch(/Maria|Mayor/);
  });

  test('the body still holds it: nobody sees it who does not ask', async () => {
    const didit = clientAnswering(() => json({ detail: `${vendor_data} is too long` }, { status: 400 }));
    const error = (await rejection(didit.sessions.create({ scope: 'names', vendor_data }))) as ApiError;
    expect(error.body).toEqual({ detail: `${vendor_data} is too long` });
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('Maria');
  });
});

describe('a part of a secret', () => {
  const secret = 'kTqWzRbNcHdXpLmVfJgYsAoEuIxKwQtZ';

  test.each([
    ['beginning', `${secret.slice(0, 12)}…`],
    ['end', `…${secret.slice(-10)}`],
    ['middle', `…${secret.slice(8, 20)}…`],
    ['whole, percent-encoded', encodeURIComponent(`=${secret}`)],
  ])('its %s is quoted by nobody, neither in message nor in body', async (_, quoted) => {
    const { fetch } = observed(() => json({ detail: `The key ${quoted} was revoked` }, { status: 401 }));
    const error = (await rejection(createClient({ apiKey: secret, fetch }).sessions.decision('s-1'))) as ApiError;
    for (const text of [error.message, JSON.stringify(error.body)]) {
      expect(text).toContain('The key');
      expect(text).toContain('was revoked');
      for (let at = 0; at + 8 <= secret.length; at += 1) expect(text).not.toContain(secret.slice(at, at + 8));
    }
    const refused = observed(() =>
      json({ error: 'invalid_client', error_description: `bad ${quoted}` }, { status: 401 }),
    );
    const didit = createClient({ clientId: 'id', clientSecret: secret, fetch: refused.fetch });
    const tokenError = (await rejection(didit.prewarm())) as TokenError;
    expect(tokenError.message + JSON.stringify(tokenError.body)).not.toContain(
      quoted.replace(/…|%3D/g, '').slice(0, 8),
    );
  });
});

describe('the code of a refused token', () => {
  const codeFor = async (error: unknown) => {
    const { fetch } = observed(() => json({ error }, { status: 401 }));
    return (
      (await rejection(createClient({ clientId: 'id', clientSecret: 'secret-1', fetch }).prewarm())) as TokenError
    ).code;
  };

  test.each(['invalid_client', 'unauthorized_client', 'slow-down', 'e401'])('%s is passed on', async (code) => {
    expect(await codeFor(code)).toBe(code);
  });

  test.each([
    ['two words'],
    ['Maria.Garcia'],
    ['maria@example.com'],
    ['a'.repeat(80)],
    [''],
    [5],
    [{ code: 'x' }],
    ['line\nend'],
    ['secret-1'],
  ])('%j is not: it is strange', async (error) => {
    expect(await codeFor(error)).toBeUndefined();
  });
});

/** The message of the error that a create is answered with. */
async function createRefusedWith(body: unknown, sent: string = vendor_data): Promise<string> {
  const didit = clientAnswering(() => json(body, { status: 400 }));
  const error = (await rejection(didit.sessions.create({ scope: ['names'], vendor_data: sent }))) as ApiError;
  expect(inspect(error, { depth: 9, showHidden: true })).toContain(error.message);
  return error.message;
}
