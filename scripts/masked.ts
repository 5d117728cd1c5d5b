/** Returns the same value, with each string in `user_data` cut to its first character. */
export function masked<T extends { user_data?: unknown }>(decision: T): T {
  return { ...decision, user_data: mask(decision.user_data) };
}

function mask(value: unknown): unknown {
  if (typeof value === 'string') return `${[...value][0] ?? ''}…`;
  if (Array.isArray(value)) return value.map(mask);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mask(member)]));
}
