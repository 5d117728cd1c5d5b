import { expect, test } from 'vitest';
import { TokenError, type TokenEvent } from '../../../src/index.ts';
import { confirmed } from '../../support/helpers.ts';
import { isToken, sendJson } from '../../support/service.ts';
import { failure, secrets, type Trial } from '../../support/trial.ts';

/** Token responses that make no sense, and clocks that are wrong. */
export function tokenFaults(trial: () => Trial): void {
  async function issuing(body: object, headers: object = {}) {
    let asked = 0;
    let basic = '';
    const events: TokenEvent[] = [];
    const { url } = await trial().serve((request, response) => {
      if (!isToken(request)) return sendJson(response, confirmed);
      asked += 1;
      basic = Buffer.from(request.headers.authorization?.slice('Basic '.length) ?? '', 'base64').toString();
      return sendJson(response, body, 200, headers);
    });
    const hooks = { onToken: (event: TokenEvent) => events.push(event) };
    const didit = trial().client(url, { hooks });
    return { didit, events, asked: () => asked, basic: () => basic };
  }

  test.each<[unknown, number]>([
    [0, 300],
    [-5, 300],
    [undefined, 300],
    [null, 300],
    ['soon', 300],
    ['3600', 3_600],
    [1e12, 86_400],
  ])('with expires_in of %j lives %i seconds', async (expires_in, seconds) => {
    const { didit, events, asked } = await issuing({ access_token: secrets.accessToken, expires_in });
    const startedAt = Date.now();
    for (let n = 0; n < 3; n += 1) await didit.sessions.decision('s-1');
    expect(asked()).toBe(1);
    const life = ((events[0]?.expiresAt ?? 0) - startedAt) / 1_000;
    expect(Math.abs(life - seconds)).toBeLessThan(2);
    expect(JSON.stringify(events)).not.toContain(secrets.accessToken);
  });

  test.each([
    ['a newline', { access_token: `${secrets.accessToken}\nX-Evil: 1` }],
    ['non-ASCII', { access_token: `${secrets.accessToken}é` }],
    ['no access_token', { token: secrets.accessToken }],
    ['an empty one', { access_token: '' }],
    ['another token_type', { access_token: secrets.accessToken, token_type: 'mac' }],
    ['a list', [secrets.accessToken]],
  ])('with %s is a TokenError', async (_, body) => {
    const { didit } = await issuing(body);
    await failure(didit.sessions.decision('s-1'), TokenError, { operation: 'issueToken', status: 200 });
  });

  test('is asked for with secrets as they are: a colon and non-ASCII in UTF-8', async () => {
    const { didit, basic } = await issuing({ access_token: secrets.accessToken });
    await didit.sessions.decision('s-1');
    expect(basic()).toBe(`${secrets.clientId}:${secrets.clientSecret}`);
  });

  test('that is refused is a TokenError with the code, and without the secret', async () => {
    const { url } = await trial().serve((_, response) => {
      const error_description = `Basic ${btoa('client-1:secret')} is wrong`;
      sendJson(response, { error: 'invalid_client', error_description }, 401);
    });
    const call = trial().client(url).sessions.decision('s-1');
    await failure(call, TokenError, { operation: 'issueToken', status: 401, code: 'invalid_client' });
  });

  test.each([
    ['ahead', 3_600_000],
    ['behind', -3_600_000],
  ])('lives as long by a clock that is an hour %s', async (_, offset) => {
    const date = new Date(Date.now() + offset).toUTCString();
    const { didit, events, asked } = await issuing({ access_token: secrets.accessToken, expires_in: 3_600 }, { date });
    for (let n = 0; n < 3; n += 1) await didit.sessions.decision('s-1');
    expect(asked()).toBe(1);
    expect(Math.abs((events[0]?.expiresAt ?? 0) - (Date.now() + offset + 3_600_000))).toBeLessThan(3_000);
  });
}
