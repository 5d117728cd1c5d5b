import { createHash } from 'node:crypto';

/** A person who does not exist. E-mail domains and phone numbers are ranges reserved for examples and drama. */
export interface Person {
  readonly sub: string;
  readonly firstName: string;
  readonly familyName: string;
  readonly email: string;
  readonly phone: string;
  readonly age: number;
}

const firstNames =
  'Alba Amir Ana Bruno Carla Chidi Dana Elif Emma Farid Hana Hugo Ines Ivan Jonas Kenji Lea Luca Maya Mateo Nadia Noor Olga Pablo Rosa Samir Sofia Tomas Vera Yusuf'.split(
    ' ',
  );
const familyNames =
  'Alvarez Bauer Costa Diallo Eriksen Fischer Garcia Haddad Ibrahim Jansen Kowalski Larsen Moreau Nakamura Okafor Popescu Quinn Rossi Santos Tanaka Ueda Vargas Weber Yilmaz Zamora'.split(
    ' ',
  );
const domains = ['example.com', 'example.net', 'example.org'];

const pick = (list: readonly string[], number: number): string => list[number % list.length] ?? '';

/** The same seed gives the same person. */
export const personFromSeed = (seed: string): Person => {
  const hash = createHash('sha256').update(seed).digest();
  const firstName = pick(firstNames, hash.readUInt16BE(0));
  const familyName = pick(familyNames, hash.readUInt16BE(2));
  const number = hash.readUInt16BE(4) % 1000;
  return {
    sub: hash.toString('hex', 16, 28),
    firstName,
    familyName,
    email: `${firstName}.${familyName}.${number}@${pick(domains, hash.readUInt8(6))}`.toLowerCase(),
    // +44 7700 900000 to 900999 belongs to nobody: Ofcom keeps it for drama.
    phone: `+447700900${String(number).padStart(3, '0')}`,
    age: 18 + (hash.readUInt8(7) % 60),
  };
};

type Member = readonly [name: string, value: (person: Person) => unknown];

// Only the shapes that are documented. The others are open objects, and no members are invented for them.
const open = (name: string): [string, Member] => [name, [name, () => ({})]];
const picture: Member = ['picture', (person) => `https://example.com/pictures/${person.sub}.png`];

/** What each scope adds to `user_data`. `pictures` is the documented examples' word for `picture`. */
const members: ReadonlyMap<string, Member> = new Map<string, Member>([
  ['user_id', ['user_id', (person) => person.sub]],
  ['picture', picture],
  ['pictures', picture],
  [
    'names',
    [
      'names',
      ({ firstName, familyName }) => ({
        first_name: firstName,
        family_name: familyName,
        full_name: `${firstName} ${familyName}`,
        is_verified: true,
      }),
    ],
  ],
  ['email', ['email', ({ email }) => ({ email, is_verified: true, is_primary: true })]],
  ['phone', ['phone', ({ phone }) => ({ phone_number: phone, is_verified: true, is_primary: true })]],
  open('gender'),
  open('document_detail'),
  open('birthdate'),
  open('address'),
  open('bank_account'),
  open('preferences'),
  ['is_verified', ['is_verified', () => true]],
  ['is_over_18', ['is_over_18', (person) => person.age >= 18]],
  ['is_over_21', ['is_over_21', (person) => person.age >= 21]],
  open('instagram_account'),
  open('x_account'),
  open('tiktok_account'),
]);

/** Whether the person has anything to share for this scope. The list of scopes is open; this is what the mock knows. */
export const isKnownScope = (scope: string): boolean => members.has(scope);

/** `user_data` with `sub` and what was approved, nothing else. */
export const userData = (person: Person, approved: readonly string[]): Record<string, unknown> => {
  const data: Record<string, unknown> = { sub: person.sub };
  for (const scope of approved) {
    const member = members.get(scope);
    if (member) data[member[0]] = member[1](person);
  }
  return data;
};
