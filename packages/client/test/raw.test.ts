import { expect, test } from 'vitest';
import { clientAnswering } from './support/helpers.ts';

const path = '/auth/v2/session/{session_id}/decision/';
const params = { path: { session_id: 's-1' } };

test.each<[string, BodyInit | null, unknown]>([
  ['text', '<h1>Bad gateway</h1>', { message: '<h1>Bad gateway</h1>' }],
  ['a JSON string', '"Not found."', { message: 'Not found.' }],
  ['an empty JSON string', '""', { message: '404 without a body' }],
  ['nothing', null, { message: '404 without a body' }],
  ['white space', ' \n', { message: '404 without a body' }],
  ['null', 'null', { message: '404 without a body' }],
  ['false', 'false', { message: 'false' }],
  ['0', '0', { message: '0' }],
  ['a list', '["Not found."]', ['Not found.']],
  ['an empty list', '[]', []],
  ['an object', '{"detail":"Not found."}', { detail: 'Not found.' }],
])('an error response whose body is %s has an error that is an object', async (_, body, expected) => {
  for (const length of [true, false]) {
    const headers = { ...(length && typeof body === 'string' && { 'content-length': String(body.length) }) };
    const didit = clientAnswering(() => new Response(body, { status: 404, headers }));
    const { data, error, response } = await didit.raw.GET(path, { params });
    expect(error).toEqual(expected);
    expect(error).toBeTruthy();
    expect(data).toBeUndefined();
    expect(response.status).toBe(404);
  }
});
