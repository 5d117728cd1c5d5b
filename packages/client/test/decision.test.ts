import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  type Decision,
  isConfirmed,
  MissingScopeError,
  NotConfirmedError,
  OptionsError,
  parseScope,
  requireConfirmed,
  requireScopes,
} from '../src/index.ts';
import { confirmed } from './support/helpers.ts';

describe('isConfirmed', () => {
  test.each(['Confirmed', 'confirmed', 'CONFIRMED'])('%s is', (status) => {
    expect(isConfirmed(decision({ status }))).toBe(true);
  });

  test.each(['Declined', 'Cancelled', 'Expired', 'Initialized', 'Under Review', '', 'confirmed ', 'Unconfirmed'])(
    '"%s" is not',
    (status) => {
      expect(isConfirmed(decision({ status }))).toBe(false);
    },
  );

  test.each([null, undefined, [], 'data'])('%j as user data is not', (user_data) => {
    expect(isConfirmed(decision({ user_data }))).toBe(false);
  });
});

test('requireConfirmed returns the decision, or throws an error with its status', () => {
  expect(requireConfirmed(decision()).user_data.sub).toBe('u-1');
  const refuse = (changes: object) => () => requireConfirmed(decision(changes));
  expect(refuse({ status: 'Declined' })).toThrow(NotConfirmedError);
  expect(refuse({ status: 'Declined' })).toThrow('its status is "declined"');
  expect(refuse({ user_data: null })).toThrow('holds no user data');
});

describe('requireScopes', () => {
  test('returns the data of each scope', () => {
    const { names, email } = requireScopes(decision(), 'names', 'email');
    expect(names.full_name).toBe('Ada Lovelace');
    expect(email.email).toBe('ada@example.com');
    expect(requireScopes(decision(), ['email'])).toEqual({ email: confirmed.user_data.email });
  });

  test('throws for a decision that is not confirmed, even with data', () => {
    expect(() => requireScopes(decision({ status: 'Under Review' }), 'email')).toThrow(NotConfirmedError);
  });

  test('names every scope that is missing, null ones too, and shows no data', () => {
    const partial = decision({ user_data: { ...confirmed.user_data, phone: null } });
    let error: unknown;
    try {
      requireScopes(partial, 'email', 'phone', 'address');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(MissingScopeError);
    expect(error).toMatchObject({ name: 'MissingScopeError', missing: ['phone', 'address'], unverified: [] });
    expect(String(error)).toContain('Not shared: phone, address');
    expect(inspect(error) + JSON.stringify(error)).not.toContain('ada@');
  });

  test('false is data', () => {
    const adult = decision({ user_data: { sub: 'u-1', is_over_18: false } });
    expect(requireScopes(adult, 'is_over_18')).toEqual({ is_over_18: false });
  });

  test('a name from the prototype is not a scope', () => {
    expect(() => requireScopes(decision(), 'toString' as 'email')).toThrow(MissingScopeError);
    expect(() => requireScopes(decision(), '__proto__' as 'email')).toThrow(MissingScopeError);
  });

  test('with verified, is_verified must be true', () => {
    const { email } = requireScopes(decision(), ['email'], { verified: true });
    expect(email.is_verified).toBe(true);
    for (const is_verified of [false, null, undefined, 'true', 1]) {
      const user_data = { ...confirmed.user_data, email: { email: 'ada@example.com', is_verified } };
      expect(() => requireScopes(decision({ user_data }), ['email'], { verified: true })).toThrow(
        'Not verified: email',
      );
    }
  });

  test.each([1, 'true', null])('verified: %j is refused, not passed over', (verified) => {
    const options = { verified } as unknown as { verified: boolean };
    expect(() => requireScopes(decision(), ['email'], options)).toThrow(OptionsError);
  });

  test('with verified, a picture never does, and what Didit vouches for does', () => {
    const user_data = { sub: 'u-1', picture: 'https://example.com/p.png', is_over_18: true, user_id: 'u', address: {} };
    const demand = (scope: 'picture' | 'is_over_18' | 'user_id' | 'address') => () =>
      requireScopes(decision({ user_data }), [scope], { verified: true });
    expect(demand('picture')).toThrow(MissingScopeError);
    expect(demand('address')).toThrow(MissingScopeError);
    expect(demand('is_over_18')()).toEqual({ is_over_18: true });
    expect(demand('user_id')()).toEqual({ user_id: 'u' });
  });
});

test.each([
  ['names email', ['names', 'email']],
  ['  names   email names ', ['names', 'email']],
  ['', []],
  [null, []],
  [undefined, []],
])('parseScope(%j) is %j', (text, scopes) => {
  expect(parseScope(text)).toEqual(scopes);
});

function decision(changes: object = {}): Decision {
  return { ...confirmed, ...changes };
}
