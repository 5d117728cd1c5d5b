import type { DataName } from '../scopes.ts';
import type { SharedItem } from '../session.ts';

/** Of these a first letter tells people apart on the phone. Of anything else it might tell what it is. */
const recognizable: readonly DataName[] = ['names', 'email'];

/** Enough to tell two people apart, and no more: `Grace Hopper` becomes `G•••• H••••`. */
export function maskItem(item: SharedItem): SharedItem {
  if (item.value === '') return item;
  return { ...item, value: recognizable.includes(item.name) ? maskWords(item.value) : '••••' };
}

/** The first letter of each word of five letters or more stays; its length, digits and shorter words do not. */
function maskWords(text: string): string {
  return text.replaceAll(/[\p{L}\p{M}\p{N}]+/gu, (word) => {
    const [first = '', ...rest] = [...word];
    return /\p{L}/u.test(first) && rest.length > 3 ? `${first}••••` : '••••';
  });
}
