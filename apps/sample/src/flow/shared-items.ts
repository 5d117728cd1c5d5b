import type { UserData } from '@didit-data/client';
import type { DataName } from '../scopes.ts';
import type { SharedItem, Verification } from '../session.ts';

type Content = Omit<SharedItem, 'name'>;

/** In bytes. Nobody types more; a larger item is listed without its value. */
const largestItem = 64 * 1024;
const largestDecision = 256 * 1024;
const tooLarge: Content = { value: '', verification: 'too_large' };

/** What was shared of what was asked for, as text. Nothing else is kept. */
export function sharedItems(data: UserData, asked: readonly DataName[]): SharedItem[] {
  let size = 0;
  return asked.flatMap((name) => {
    const content = contentOf(name, data);
    if (!content) return [];
    const bytes = Buffer.byteLength(content.value);
    if (bytes > largestItem || size + bytes > largestDecision) return [{ name, ...tooLarge }];
    size += bytes;
    // Without a value there is nothing that can be verified.
    const isEmpty = content.value === '' && content !== tooLarge;
    return [{ name, ...content, ...(isEmpty && { verification: 'unstated' as const }) }];
  });
}

/** Of these the first letters stay. For any other kind, one letter could already say what the value is. */
const recognizable: readonly DataName[] = ['names', 'email'];

/** Leaves just enough to tell two people apart: `Grace Hopper` becomes `G•••• H••••`. */
export function maskItem(item: SharedItem): SharedItem {
  if (item.value === '') return item;
  if (!recognizable.includes(item.name)) return { ...item, value: '••••' };
  const value = item.value.replaceAll(/[\p{L}\p{M}\p{N}]+/gu, (word) => {
    const [first = '', ...rest] = [...word];
    return /\p{L}/u.test(first) && rest.length > 3 ? `${first}••••` : '••••'; // a shorter word could be guessed
  });
  return { ...item, value };
}

/**
 * How each member becomes text. Every field is named and typed: when the contract changes one, this does not compile.
 */
const contents: { readonly [Name in DataName]: (data: UserData) => Content | undefined } = {
  names: ({ names }) =>
    when(names, ({ full_name, first_name, family_name, is_verified }) => ({
      value: text(full_name) || text(first_name, family_name),
      verification: flagged(is_verified),
    })),
  email: ({ email }) => when(email, (it) => ({ value: text(it.email), verification: flagged(it.is_verified) })),
  phone: ({ phone }) => when(phone, (it) => ({ value: text(it.phone_number), verification: flagged(it.is_verified) })),
  // Only that it was shared: the picture's address is temporary, and the app must not load or keep it.
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

function contentOf(name: DataName, data: UserData): Content | undefined {
  try {
    return contents[name](data);
  } catch (error) {
    if (error instanceof RangeError) return tooLarge; // nested too deeply to become text
    throw error;
  }
}

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

/** The contract does not describe the members: they are kept as they came. */
function undocumented(value: Readonly<Record<string, unknown>>): Content {
  const members = Object.entries(value).map(([name, member]) => {
    return `${name.replaceAll('_', ' ')}: ${typeof member === 'string' ? member : JSON.stringify(member)}`;
  });
  return { value: members.join('\n'), verification: 'unstated' };
}
