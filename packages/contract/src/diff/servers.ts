import type { OpenApiDocument } from '../document/document.ts';
import { type Difference, effectivePairs, placeIn, withoutRepeats } from './operations.ts';

interface Server {
  readonly url: string;
  readonly variables?: Readonly<Record<string, { readonly default: string; readonly enum?: readonly string[] }>>;
}

/** Compares the addresses of each operation. Clients use the first one, with the defaults of its variables. */
export function findServerChanges(before: OpenApiDocument, after: OpenApiDocument): Difference[] {
  const pairs = effectivePairs<readonly Server[]>('servers', before, after);
  const found = pairs.flatMap((pair): Difference[] => {
    const [old, now] = [serversOf(pair.before.value), serversOf(pair.after.value)];
    const { pointer, inBaseline } = placeIn(pair);
    const [oldFirst, nowFirst] = [old, now].map(([first]) => (first ? withDefaults(first) : ''));
    if (oldFirst !== nowFirst) {
      const what = `The first server, which clients use, was \`${oldFirst}\` and is \`${nowFirst}\`.`;
      return [{ what, level: 'major', ...at(pointer, 0), inBaseline }];
    }
    const [oldAll, nowAll] = [old, now].map((servers) => new Set(servers.flatMap(addressesOf)));
    const lost = old.flatMap((server, index): Difference[] => {
      const gone = addressesOf(server).filter((address) => !nowAll?.has(address));
      if (gone.length === 0) return [];
      const what = `No longer offered: ${gone.map((address) => `\`${address}\``).join(', ')}.`;
      return [{ what, level: 'major', ...at(pair.before.pointer, index), inBaseline: true }];
    });
    const gained = now.flatMap((server, index): Difference[] => {
      const added = addressesOf(server).filter((address) => !oldAll?.has(address));
      if (added.length === 0) return [];
      const what = `Also offered: ${added.map((address) => `\`${address}\``).join(', ')}.`;
      return [{ what, level: 'minor', ...at(pair.after.pointer, index), inBaseline: false }];
    });
    return [...lost, ...gained];
  });
  return withoutRepeats(found);
}

function serversOf(list: readonly Server[] | undefined): readonly Server[] {
  return list?.length ? list : [{ url: '/' }];
}

function at(pointer: string, index: number) {
  return { pointer: `${pointer}/${index}` };
}

function withDefaults({ url, variables }: Server): string {
  return Object.entries(variables ?? {}).reduce(
    (text, [name, { default: value }]) => text.replaceAll(`{${name}}`, value),
    url,
  );
}

/** Every address that a server describes. A variable without `enum` stands for its default and for any other value. */
function addressesOf({ url, variables }: Server): string[] {
  return Object.entries(variables ?? {}).reduce(
    (texts, [name, { enum: values, default: value }]) =>
      texts.flatMap((text) => {
        if (!text.includes(`{${name}}`)) return [text];
        const all = values ?? [value, '{}'];
        return all.map((one) => text.replaceAll(`{${name}}`, one));
      }),
    [url],
  );
}
