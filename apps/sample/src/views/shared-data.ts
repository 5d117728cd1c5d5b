import type { UserData } from '@didit-data/client';
import { html } from 'hono/html';
import { type DataName, dataNames, isDataName, labels } from '../scopes.ts';
import type { Html } from './layout.ts';

/** What was shared, whether Didit has verified it, and what was asked for and not shared. */
export function sharedData(data: UserData | null | undefined, asked: readonly string[]): Html {
  const shared = dataNames.flatMap((name) => {
    const item = data ? items[name](data) : undefined;
    return item ? [{ name, ...item }] : [];
  });
  const missing = asked.filter(isDataName).filter((name) => !shared.some((item) => item.name === name));
  return html`${shared.length === 0 ? html`<p class="lead">No data was shared.</p>` : sharedList(shared)}
    ${missing.length === 0 ? '' : missingList(missing)}`;
}

interface Item {
  readonly value: string;
  readonly verification: Verification;
}
type Verification = keyof typeof verifications;

const verifications = {
  verified: { text: 'Verified by Didit', tone: 'good' },
  unverified: { text: 'Not verified', tone: 'bad' },
  unstated: { text: 'Verification not stated', tone: 'waiting' },
} as const;

/**
 * How each member becomes an item. Every field is named and typed, so that a change of the contract which
 * this page has not followed does not compile.
 */
const items: { readonly [Name in DataName]: (data: UserData) => Item | undefined } = {
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
function when<Value>(value: Value | null | undefined, describe: (value: Value) => Item): Item | undefined {
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

/** The contract does not say what is inside: shown as it came, nothing about it assumed. */
function undocumented(value: Readonly<Record<string, unknown>>): Item {
  const members = Object.entries(value).map(([name, member]) => {
    return `${name.replaceAll('_', ' ')}: ${typeof member === 'string' ? member : JSON.stringify(member)}`;
  });
  return { value: members.join('\n'), verification: 'unstated' };
}

function sharedList(shared: readonly (Item & { readonly name: DataName })[]): Html {
  return html`<h2>What you shared</h2>
    <dl class="shared">${shared.map(({ name, value, verification }) => {
      const { text: says, tone } = verifications[verification];
      return html`<div data-item="${name}">
        <dt>${labels[name]}</dt>
        <dd>${value || 'Shared, without a value'} <span class="mark ${tone}">${says}</span></dd>
      </div>`;
    })}</dl>`;
}

function missingList(missing: readonly DataName[]): Html {
  return html`<h2>Asked for and not shared</h2>
    <ul class="missing">${missing.map((name) => html`<li>${labels[name]}</li>`)}</ul>`;
}
