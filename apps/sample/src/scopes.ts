import type { UserData } from '@didit-data/client';

/** A kind of data that the shop can ask for: the name of its scope, and of its member in the shared data. */
export type DataName = Exclude<keyof UserData, 'sub'>;

/** What people read, in this order. When the contract adds or removes a scope, this does not compile. */
const words: Readonly<Record<DataName, { label: string; why: string }>> = {
  names: { label: 'Names', why: 'To address you and your parcel' },
  email: { label: 'E-mail address', why: 'To send you the receipt' },
  phone: { label: 'Phone number', why: 'So that the courier can reach you' },
  is_over_18: { label: 'Over 18', why: 'Asked by law for some goods' },
  address: { label: 'Address', why: 'To know where to deliver' },
  is_verified: { label: 'Identity verified', why: 'Whether Didit has checked who you are' },
  is_over_21: { label: 'Over 21', why: 'Asked by law in some places' },
  birthdate: { label: 'Date of birth', why: 'For contracts that need it in full' },
  gender: { label: 'Gender', why: 'For travel documents' },
  document_detail: { label: 'Identity document', why: 'For contracts that need its number' },
  picture: { label: 'Picture', why: 'Only whether you shared one: we never load or keep it' },
  user_id: { label: 'Didit identifier', why: 'To recognise you next time' },
  bank_account: { label: 'Bank account', why: 'To pay you back' },
  preferences: { label: 'Preferences', why: 'To use your language' },
  instagram_account: { label: 'Instagram account', why: 'To invite you there' },
  x_account: { label: 'X account', why: 'To invite you there' },
  tiktok_account: { label: 'TikTok account', why: 'To invite you there' },
};

export const dataNames = Object.keys(words) as readonly DataName[];
/** Shown immediately; the others are a click away. */
export const usualNames: readonly DataName[] = ['names', 'email', 'phone', 'is_over_18'];
export const preselected: readonly DataName[] = ['names', 'email'];

export function isDataName(value: unknown): value is DataName {
  return typeof value === 'string' && Object.hasOwn(words, value);
}

export function labelOf(name: DataName): string {
  return words[name].label;
}

/** @returns what the shop needs the data for */
export function whyOf(name: DataName): string {
  return words[name].why;
}
