const small = {
  session_id: 'small',
  session_number: 12345,
  status: 'Confirmed',
  vendor_data: 'optional-vendor-data',
  scope: 'picture names email phone',
  user_data: {
    sub: 'user-unique-identifier',
    email: { email: 'alejandro.rosas@example.com', is_verified: true, is_primary: true },
    phone: { phone_number: '+34123456789', is_verified: true, is_primary: true },
    picture: 'https://example.com/picture.png',
    names: { first_name: 'John', family_name: 'Doe', full_name: 'John Doe', is_verified: true },
  },
  created_at: '2024-08-01T10:30:00.000Z',
};

/** Members that the contract leaves open: enough for a body of about 100 kB. */
const preferences = Object.fromEntries(
  Array.from({ length: 1_000 }, (_, n) => [
    `preference_${n}`,
    { value: `value number ${n}`, is_default: n % 2 === 0, changed_at: '2024-08-01T10:30:00.000Z' },
  ]),
);

const large = {
  ...small,
  session_id: 'large',
  scope: `${small.scope} preferences`,
  user_data: { ...small.user_data, preferences },
};

/** The decisions that the service knows, by session id. */
export const decisions: Readonly<Record<string, string>> = {
  small: JSON.stringify(small),
  large: JSON.stringify(large),
};
