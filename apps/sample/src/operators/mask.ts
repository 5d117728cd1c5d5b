import type { SharedItem } from '../session.ts';

/** Enough to tell two people apart on the phone, and no more: `Ada Lovelace` becomes `A•••••• L••••••`. */
export function maskItem(item: SharedItem): SharedItem {
  return { ...item, value: maskText(item.value) };
}

/** The first letter of each longer word stays; lengths, digits and short words do not. */
function maskText(text: string): string {
  return text.replaceAll(/[\p{L}\p{M}\p{N}]+/gu, (word) => {
    const [first = '', ...rest] = [...word];
    return /\p{L}/u.test(first) && rest.length > 3 ? `${first}••••` : '••••';
  });
}
