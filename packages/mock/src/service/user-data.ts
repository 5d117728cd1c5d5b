import type { Person } from './people.ts';

/** The data behind one scope. */
interface Datum {
  /** The member of `user_data`. */
  readonly member: string;
  /** Human-readable, for the consent page. */
  readonly label: string;
  readonly value: (person: Person) => unknown;
  /** The value in human-readable form. Default: the value itself. */
  readonly preview?: (person: Person) => string;
}

const picture: Datum = {
  member: 'picture',
  label: 'Picture',
  value: ({ sub }) => `https://example.com/pictures/${sub}.png`,
};

const data: Readonly<Record<string, Datum>> = {
  user_id: { member: 'user_id', label: 'User id', value: ({ sub }) => sub },
  picture,
  pictures: picture, // the name in the documented examples
  names: {
    member: 'names',
    label: 'Names',
    value: (person) => ({
      first_name: person.firstName,
      family_name: person.familyName,
      full_name: fullName(person),
      is_verified: person.verified,
    }),
    preview: fullName,
  },
  email: {
    member: 'email',
    label: 'E-mail address',
    value: ({ email, verified }) => ({ email, is_verified: verified, is_primary: true }),
    preview: ({ email }) => email,
  },
  phone: {
    member: 'phone',
    label: 'Phone number',
    value: ({ phone, verified }) => ({ phone_number: phone, is_verified: verified, is_primary: true }),
    preview: ({ phone }) => phone,
  },
  gender: open('gender', 'Gender'),
  document_detail: open('document_detail', 'Identity document'),
  birthdate: open('birthdate', 'Date of birth'),
  address: open('address', 'Address'),
  bank_account: open('bank_account', 'Bank account'),
  preferences: open('preferences', 'Preferences'),
  is_verified: yes('is_verified', 'Identity verified', ({ verified }) => verified),
  is_over_18: yes('is_over_18', 'Over 18', ({ age }) => age >= 18),
  is_over_21: yes('is_over_21', 'Over 21', ({ age }) => age >= 21),
  instagram_account: open('instagram_account', 'Instagram account'),
  x_account: open('x_account', 'X account'),
  tiktok_account: open('tiktok_account', 'TikTok account'),
};

/** Whether there is data for this scope. The contract's list of scopes is open; these are the ones the mock knows. */
export function isKnownScope(scope: string): boolean {
  return datumOf(scope) !== undefined;
}

/** The human-readable name of a scope. */
export function labelOf(scope: string): string {
  return datumOf(scope)?.label ?? scope;
}

/** What the person would share for a scope, in human-readable form. */
export function previewOf(person: Person, scope: string): string {
  const datum = datumOf(scope);
  return datum?.preview?.(person) ?? String(datum?.value(person) ?? '');
}

/** `user_data`: `sub` and the approved data, nothing else. */
export function userData(person: Person, approved: readonly string[]): Record<string, unknown> {
  const shared: Record<string, unknown> = { sub: person.sub };
  for (const scope of approved) {
    const datum = datumOf(scope);
    if (datum) shared[datum.member] = datum.value(person);
  }
  return shared;
}

function fullName({ firstName, familyName }: Person): string {
  return `${firstName} ${familyName}`;
}

function yes(member: string, label: string, holds: (person: Person) => boolean): Datum {
  return {
    member,
    label,
    value: holds,
    preview: (person) => (holds(person) ? 'Yes' : 'No'),
  };
}

/** An object whose members are not documented. None are invented. */
function open(member: string, label: string): Datum {
  return {
    member,
    label,
    value: () => ({}),
    preview: () => 'An object; its members are not documented',
  };
}

function datumOf(scope: string): Datum | undefined {
  return Object.hasOwn(data, scope) ? data[scope] : undefined;
}
