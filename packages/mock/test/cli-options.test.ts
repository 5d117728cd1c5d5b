import { expect, test } from 'vitest';
import { parseCliOptions } from '../src/cli/options.ts';

test.each([
  [['--client', 'a:b', '--client-id', 'c'], /one or the other/],
  [['--client', 'a:b', '--client', 'a:c'], /two clients have the same clientId/],
  [['--fault', 'issueToken'], /operation:kind/],
  [['--fault', 'issueToken:nope'], /kind must be one of/],
  [['--fault', 'issueToken:status=503,often=2'], /no often/],
  [['--fault', 'issueToken:delay=x'], /ms must be/],
  [['--fault', 'issueToken:status=503,header=X-A: 1,often=2'], /no often/],
  [['--coverage-min', '101'], /0 to 100/],
  [['--contract', ''], /contract must not be empty/],
  [['--control-token', 'a b'], /controlToken/],
])('%j is refused', (args, message) => {
  expect(() => parseCliOptions(args)).toThrow(message);
});

test.each([
  ['status=503,body=a,b', { status: 503, body: 'a,b' }],
  [
    'status=503,times=2,body={"a":1,"times=3":2},header=x',
    { status: 503, times: 2, body: '{"a":1,"times=3":2},header=x' },
  ],
  ['html,body=', { body: '' }],
  ['malformed,body=,', { body: ',' }],
  [
    'status=503,header=Retry-After: Fri, 31 Dec 2032 23:59:59 GMT,header=X-A: a=b,times=1',
    { status: 503, headers: { 'Retry-After': 'Fri, 31 Dec 2032 23:59:59 GMT', 'X-A': 'a=b' }, times: 1 },
  ],
])('--fault issueToken:%s', (text, fault) => {
  const [parsed] = parseCliOptions(['--fault', `issueToken:${text}`]).faults;
  expect(parsed?.operationId).toBe('issueToken');
  expect(parsed?.fault).toEqual({ kind: text.split(/[=,]/, 1)[0], ...fault });
});
