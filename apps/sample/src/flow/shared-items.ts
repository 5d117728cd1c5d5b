import type { UserData } from '@didit-data/client';
import type { DataName } from '../scopes.ts';
import type { SharedItem, Verification } from '../session.ts';

type Content = Omit<SharedItem, 'name'>;

/** In bytes: what is larger was not typed by a person. The item is then listed without its value. */
const largestItem = 64 * 1024;
const largestDecision = 256 * 1024;

/** What was shared of what was asked for, as text. Nothing else is kept, whatever else may have come. */
export function sharedItems(data: UserData, asked: readonly DataName[]): SharedItem[] {
  let size = 0;
  return asked.flatMap((name) => {
    const content = contentOf(name, data);
    if (!content) return [];
    const bytes = Buffer.byteLength(content.value);
    if (bytes > largestItem || size + bytes > largestDecision) return [{ name, value: '', verification: 'too_large' }];
    size += bytes;
    // Nothing can be verified of what is not there.
    const isEmpty = content.value === '' && content.verification !== 'too_large';
    return [{ name, ...content, ...(isEmpty && { verification: 'unstated' as const }) }];
  });
}

function contentOf(name: DataName, data: UserData): Content | undefined {
  try {
    return contents[name](data);
  } catch (error) {
    if (error instanceof RangeError) return { value: '', verification: 'too_large' }; // nested too deeply to be written
    throw error;
  }
}

/**
 * How each member becomes text. Every field is named and typed, so that a change of the contract which this app has
 * not followed does not compile.
 */
const contents: { readonly [Name in DataName]: (data: UserData) => Content | undefined } = {
  names: ({ names }) =>
    when(names, ({ full_name, first_name, family_name, is_verified }) => ({
      value: text(full_name) || text(first_name, family_name),
      verification: flagged(is_verified),
    })),
  email: ({ email }) => when(email, (it) => ({ value: text(it.email), verification: flagged(it.is_verified) })),
  phone: ({ phone }) => when(phone, (it) => ({ value: text(it.phone_number), verification: flagged(it.is_verified) })),
  // Said to be shared and no more: the picture's address is temporary, and not ours to load or keep.
  picture: ({ picture }) => when(picture, (_: string) => ({ value: 'Shared', verification: 'unverified' })),
  user_id: ({ user_id }) => when(user_id, (id) => ({ value: text(id), verification: 'verified' })),
  is_verified: ({ is_verified }) => when(is_verified, (is) => ({ value: yesOrNo(is), verification: flagged(is) })),
  is_over_18: ({ is_over_18 }) => when(is_over_18, (is) => ({ value: yesOrNo(is), verification: 'verified' })),
  is_over_21: ({ is_over_21 }) => when(is_over_21, (is) => ({ value: yesOrNo(is), verification: 'verified' })),
  gender: ({ gender }) => when(gender, undocumented),
  birthdate: ({ birthdate }) => when(birthdate, undocumented),
  address: ({ address }) => when(address, undocumented),
  document_detail: ({ document_detail }) => when(document_detail, undocumented),
  bank_account: ({ bank_account }) => when(bank_account, undocumented),
  preferences: ({ preferences }) => when(preferences, undocumented),
  instagram_account: ({ instagram_account }) => when(instagram_account, undocumented),
  x_account: ({ x_account }) => when(x_account, undocumented),
  tiktok_account: ({ tiktok_account }) => when(tiktok_account, undocumented),
};

/** A scope that was not granted is absent or null. */
function when<Value>(value: Value | null | undefined, describe: (value: Value) => Content): Content | undefined {
  return value === null || value === undefined ? undefined : describe(value);
}

/** Only a flag that is true counts as verified. */
function flagged(flag: boolean | null | undefined): Verification {
  if (flag === true) return 'verified';
  return flag === false ? 'unverified' : 'unstated';
}

function text(...values: readonly (string | null | undefined)[]): string {
  return values.filter(Boolean).join(' ');
}

function yesOrNo(value: boolean): string {
  return value ? 'Yes' : 'No';
}

/** The contract does not say what is inside: kept as it came, nothing about it assumed. */
function undocumented(value: Readonly<Record<string, unknown>>): Content {
  const members = Object.entries(value).map(([name, member]) => {
    return `${name.replaceAll('_', ' ')}: ${typeof member === 'string' ? member : JSON.stringify(member)}`;
  });
  return { value: members.join('\n'), verification: 'unstated' };
}
