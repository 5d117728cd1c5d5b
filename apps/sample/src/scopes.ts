import type { UserData } from '@didit-data/client';

/** A kind of data that can be asked for, by the name of its scope and of its member in the shared data. */
export type DataName = Exclude<keyof UserData, 'sub'>;

/** What people read. A scope that the contract adds or removes makes this fail to compile. */
export const labels: Readonly<Record<DataName, string>> = {
  names: 'Names',
  email: 'E-mail address',
  phone: 'Phone number',
  birthdate: 'Date of birth',
  gender: 'Gender',
  address: 'Address',
  document_detail: 'Identity document',
  picture: 'Picture',
  is_verified: 'Identity verified',
  is_over_18: 'Over 18',
  is_over_21: 'Over 21',
  bank_account: 'Bank account',
  instagram_account: 'Instagram account',
  x_account: 'X account',
  tiktok_account: 'TikTok account',
  preferences: 'Preferences',
  user_id: 'Didit identifier',
};

/** In the order in which they are shown. */
export const dataNames = Object.keys(labels) as readonly DataName[];

/** Asked for unless the operator chooses otherwise. */
export const preselected: readonly DataName[] = ['names', 'email'];

export function isDataName(value: unknown): value is DataName {
  return typeof value === 'string' && Object.hasOwn(labels, value);
}
