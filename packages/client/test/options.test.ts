import { expect, test } from 'vitest';
import { type ClientOptions, createClient, OptionsError } from '../src/index.ts';

const client = { clientId: 'id', clientSecret: 'secret' };

test.each([
  ['nothing', undefined, '`options` must be an object'],
  ['no credential', {}, 'No credential'],
  ['two credentials', { ...client, apiKey: 'k' }, 'More than one credential'],
  ['no secret', { clientId: 'id' }, 'clientSecret'],
  ['no id', { clientSecret: 's' }, 'clientId'],
  ['an empty secret', { clientId: 'id', clientSecret: '' }, 'clientSecret'],
  ['a colon in the id', { clientId: 'a:b', clientSecret: 's' }, 'colon'],
  ['an empty key', { apiKey: '' }, 'apiKey'],
  ['a key with a line feed', { apiKey: 'topsecret\n' }, 'apiKey'],
  ['a token that is a number', { accessToken: 5 }, 'accessToken'],
  ['no URL', { ...client, baseUrl: 'didit' }, 'baseUrl'],
  ['a URL without a scheme', { ...client, baseUrl: 'localhost:4010' }, 'must begin with https://'],
  [
    'a secret with a line end',
    { ...client, clientSecret: 'topsecret\n' },
    '`clientSecret` must not begin or end with white space',
  ],
  ['an id with a space', { ...client, clientId: ' id' }, '`clientId` must not begin or end with white space'],
  ['plain http', { ...client, baseUrl: 'http://apx.didit.me' }, 'https'],
  ['a host that only looks like loopback', { ...client, baseUrl: 'http://127.0.0.1.example' }, 'https'],
  ['credentials in the URL', { ...client, baseUrl: 'https://u:topsecret@apx.didit.me' }, 'credentials'],
  ['a query', { ...client, baseUrl: 'https://apx.didit.me/?a=1' }, 'query'],
  ['an empty query', { ...client, baseUrl: 'https://apx.didit.me/?' }, 'query'],
  ['an empty fragment', { ...client, baseUrl: 'https://apx.didit.me/#' }, 'fragment'],
  ['a private network', { ...client, baseUrl: 'http://10.0.0.1' }, 'https'],
  ['hooks that are none', { ...client, hooks: { onRequest: 5 } }, 'hooks'],
  ['no hooks at all', { ...client, hooks: null }, 'hooks'],
  ['a store that is none', { ...client, tokenStore: {} }, 'tokenStore'],
  ['a store without a secret', { apiKey: 'k', tokenStore: { get() {}, set() {}, delete() {} } }, '`tokenStore` needs'],
  ['a fetch that is none', { ...client, fetch: 'fetch' }, 'fetch'],
  ['an unknown validation', { ...client, validation: 'off' }, 'validation'],
])('%s is refused, by name and without the value', (_, options, expected) => {
  const create = () => createClient(options as ClientOptions);
  expect(create).toThrow(OptionsError);
  expect(create).toThrow(expected);
  expect(create).not.toThrow('topsecret');
});

test.each([
  'https://apx.didit.me',
  'http://localhost:4010',
  'http://127.0.0.1:4010',
  'http://127.9.9.9',
  'http://[::1]:4010',
])('%s is a base URL', (baseUrl) => {
  expect(() => createClient({ ...client, baseUrl })).not.toThrow();
});
