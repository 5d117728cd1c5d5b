import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { ResponseParseError, ResponseValidationError, ServerError } from '../../../src/index.ts';
import { confirmed } from '../../support/helpers.ts';
import { pour, sendJson } from '../../support/service.ts';
import { eventually, failure, secrets, type Trial } from '../../support/trial.ts';

const MB = 1024 * 1024;

/** Bodies that are not usable. */
export function bodyFaults(trial: () => Trial): void {
  test.each<[string, string | Buffer]>([
    ['HTML with 200', `<!doctype html><title>Sign in</title><p>${secrets.email}</p>`],
    ['nothing with 200', ''],
    ['text with 200', 'OK'],
    ['JSON cut short', JSON.stringify(confirmed).slice(0, -20)],
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from(`{"session_id":"${secrets.name}`), Buffer.from([0xc3, 0x28, 0x22, 0x7d])]),
    ],
  ])('of %s is a ResponseParseError', async (_, body) => {
    const didit = await trial().against((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'x-request-id': 'r-1' }).end(body);
    });
    const members = { operation: 'getSessionDecision', status: 200, requestId: 'r-1' };
    await failure(didit.sessions.decision('s-1'), ResponseParseError, members);
  });

  test('of JSON that is not a decision is a ResponseValidationError', async () => {
    const didit = await trial().against((_, response) => sendJson(response, { session_id: 1, name: secrets.name }));
    const members = { operation: 'getSessionDecision', status: 200 };
    await failure(didit.sessions.decision('s-1'), ResponseValidationError, members);
  });

  test('with a __proto__ key is data: no prototype changes', async () => {
    const body = JSON.stringify({ ...confirmed, x: 1 }).replace('"x":1', '"__proto__":{"polluted":"yes"}');
    const didit = await trial().against((_, response) => response.end(body));
    const decision = await didit.sessions.decision('s-1');
    expect(decision.status).toBe('Confirmed');
    expect(Object.getPrototypeOf(decision)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
  });

  test('without an end is a ResponseParseError, and the connection is released', async () => {
    let written = () => 0;
    const didit = await trial().against((_, response) => {
      written = pour(response.writeHead(200));
    });
    const members = { operation: 'getSessionDecision', status: 200 };
    await failure(didit.sessions.decision('s-1'), ResponseParseError, members);
    await ceased(written, 40 * MB);
  });

  test.each<[string, (response: ServerResponse) => ServerResponse]>([
    ['of a known length', (response) => response.writeHead(500, { 'content-length': 200 * MB })],
    ['of an unknown length', (response) => response.writeHead(500)],
  ])('of an error, 200 MB %s, is not read to its end', async (_, begin) => {
    let written = () => 0;
    const didit = await trial().against((_, response) => {
      written = pour(begin(response), 200 * MB);
    });
    await failure(didit.sessions.decision('s-1'), ServerError, { operation: 'getSessionDecision', status: 500 });
    await ceased(written, 20 * MB);
  });
}

/** What the kernel holds is written although nobody reads it. */
async function ceased(written: () => number, most: number): Promise<void> {
  let last = -1;
  await eventually(() => {
    const same = written() === last;
    last = written();
    return same;
  }, 'the body is still read');
  expect(written()).toBeLessThan(most);
}
