import { describe, expect, test } from 'vitest';
import { startMock } from '../src/index.ts';
import { type Person, personFromSeed } from '../src/service/people.ts';
import { open } from './helpers.ts';

const people: Person[] = Array.from({ length: 5_000 }, (_, index) => personFromSeed(`person ${index}`));

/** Numbers that are reserved for fiction, and belong to nobody. */
const reserved = [
  /^\+447700900\d{3}$/, // United Kingdom, Ofcom
  /^\+120255501\d\d$/, // North America, 555-0100 to 555-0199
  /^\+3363998\d{4}$/, // France, Arcep
  /^\+467017406(0[5-9]|[1-9]\d)$/, // Sweden, PTS: 070-174 06 05 to 99
];

describe('people', () => {
  test('are the same for the same seed', () => {
    expect(Array.from({ length: 5_000 }, (_, index) => personFromSeed(`person ${index}`))).toEqual(people);
    expect(new Set(people.map(({ sub }) => sub)).size).toBe(people.length);
  });

  test('cannot be reached: every number is in a reserved range, every address at a reserved domain', () => {
    for (const { phone, email } of people) {
      expect(
        reserved.filter((range) => range.test(phone)),
        phone,
      ).toHaveLength(1);
      expect(email).toMatch(/^[a-z]+\.[a-z]+\.\d{1,3}@example\.(com|net|org)$/);
    }
    for (const range of reserved) {
      expect(
        people.some(({ phone }) => range.test(phone)),
        String(range),
      ).toBe(true);
    }
  });

  test('are many, adult, and not all named in ASCII', () => {
    const names = new Set(people.map(({ firstName, familyName }) => `${firstName} ${familyName}`));
    expect(names.size).toBeGreaterThan(350);
    expect([...names].some((name) => /[^\x20-\x7e]/.test(name))).toBe(true);
    expect([...names].every((name) => name === name.normalize('NFC'))).toBe(true);
    const ages = people.map(({ age }) => age);
    expect([Math.min(...ages), Math.max(...ages)]).toEqual([18, 77]);
  });
});

describe('seed', () => {
  const sub = async (seed: string | undefined, vendorData?: string): Promise<string> => {
    await using mock = await startMock(seed === undefined ? {} : { seed });
    return (await (await open(mock, 'names', vendorData)).decision()).body.user_data.sub;
  };

  test('the same seed makes the same people, another seed makes others', async () => {
    expect(await sub('a', 'user-1')).toBe(await sub('a', 'user-1'));
    expect(await sub('a', 'user-1')).not.toBe(await sub('b', 'user-1'));
    expect(await sub('a', 'user-1')).not.toBe(await sub('a', 'user-2'));
    expect(await sub(undefined, 'user-1')).toBe(await sub('', 'user-1'));
  });

  test('also without vendor_data, in order', async () => {
    expect(await sub('a')).toBe(await sub('a'));
    expect(await sub('a')).not.toBe(await sub('b'));
  });

  test('must be a string', async () => {
    await expect(startMock({ seed: 1 as never })).rejects.toThrow(/seed must be/);
  });
});
