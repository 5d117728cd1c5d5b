import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ConnectionError, ResponseParseError, ServerError } from '../../../src/index.ts';
import { confirmed } from '../../support/helpers.ts';
import { failure, type Trial } from '../../support/trial.ts';

const plain = Buffer.from(JSON.stringify(confirmed));

/** Content codings, and what can be wrong with them. */
export function compressionFaults(trial: () => Trial): void {
  const sending = (encoding: string, body: Buffer, status = 200, headers: object = {}) =>
    trial().against((_, response) => {
      response.writeHead(status, { 'content-encoding': encoding, ...headers }).end(body);
    });

  test.each<[string, Buffer]>([
    ['gzip', gzipSync(plain)],
    ['x-gzip', gzipSync(plain)],
    ['GZIP', gzipSync(plain)],
    ['br', brotliCompressSync(plain)],
    ['deflate', deflateSync(plain)],
    ['deflate', deflateRawSync(plain)],
    ['deflate, gzip', gzipSync(deflateSync(plain))],
    ['identity-of-tomorrow', plain],
  ])('as %s is read', async (encoding, body) => {
    const didit = await sending(encoding, body);
    expect(await didit.sessions.decision('s-1')).toEqual(confirmed);
  });

  test('of a known length, and in many pieces, is read', async () => {
    const large = { ...confirmed, filling: Array.from({ length: 40_000 }, (_, n) => Math.sin(n)) };
    const body = gzipSync(JSON.stringify(large));
    const didit = await sending('gzip', body, 200, { 'content-length': body.byteLength });
    expect(await didit.sessions.decision('s-1')).toEqual(large);
  });

  test.each([
    ['gzip', gzipSync(Buffer.alloc(50 * 1024 * 1024))],
    ['br', brotliCompressSync(Buffer.alloc(50 * 1024 * 1024))],
    ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(50 * 1024 * 1024)))],
  ])('that is small as %s and huge without is a ResponseParseError', async (encoding, body) => {
    expect(body.byteLength).toBeLessThan(100_000);
    const didit = await sending(encoding, body, 200, { 'content-length': body.byteLength });
    const before = process.memoryUsage().rss;
    const members = { operation: 'getSessionDecision', status: 200 };
    const error = await failure(didit.sessions.decision('s-1'), ResponseParseError, members);
    expect(error.message).toContain('larger than');
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 * 1024);
  });

  test('of an error that is a bomb is dropped', async () => {
    const didit = await sending('gzip', gzipSync(Buffer.alloc(50 * 1024 * 1024)), 503);
    await failure(didit.sessions.decision('s-1'), ServerError, { operation: 'getSessionDecision', status: 503 });
  });

  test('that is not gzip is a ConnectionError', async () => {
    const didit = await sending('gzip', plain);
    await failure(didit.sessions.decision('s-1'), ConnectionError, { operation: 'getSessionDecision', refused: false });
  });

  test('that is cut short is a ResponseParseError', async () => {
    const didit = await sending('gzip', gzipSync(plain).subarray(0, 60));
    await failure(didit.sessions.decision('s-1'), ResponseParseError, { operation: 'getSessionDecision', status: 200 });
  });

  test('with an empty gzip is a ResponseParseError', async () => {
    const didit = await sending('gzip', Buffer.alloc(0));
    await failure(didit.sessions.decision('s-1'), ResponseParseError, { operation: 'getSessionDecision', status: 200 });
  });

  test('with more codings than make sense is a ConnectionError', async () => {
    const didit = await sending('gzip, gzip, gzip, gzip, gzip, gzip', plain);
    await failure(didit.sessions.decision('s-1'), ConnectionError, { operation: 'getSessionDecision', refused: false });
  });
}
