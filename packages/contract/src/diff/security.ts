import { segmentsOf, valueAt } from '../document/pointer.ts';
import { type EffectivePair, effectivePairs } from './operations.ts';

/** The scopes that a credential of each scheme needs; all schemes are needed together. */
type Requirement = Readonly<Record<string, readonly string[]>>;

/** What is different in what callers meet, and where. */
export interface Finding {
  readonly what: string;
  readonly level: 'minor' | 'major';
  readonly pointer: string;
  /** Whether the pointer is one of the baseline. */
  readonly inBaseline: boolean;
}

/** Compares the credentials that each operation accepts: those of a caller must still open it. */
export function findSecurityChanges(before: unknown, after: unknown): Finding[] {
  const pairs = effectivePairs<readonly Requirement[]>('security', before, after);
  const found = pairs.map((pair): Finding | undefined => {
    const [old, now] = [accepted(pair.before.value), accepted(pair.after.value)];
    const lost = old.filter((one) => !now.some((two) => asksNoMore(two, one)));
    const gained = now.filter((two) => !old.some((one) => asksNoMore(one, two)));
    const sentences = [
      lost.length > 0 && `No longer accepted: ${lost.map(show).join('; ')}.`,
      gained.length > 0 && `${lost.length > 0 ? 'Accepted' : 'Also accepted'}: ${gained.map(show).join('; ')}.`,
    ];
    const what = sentences.filter(Boolean).join(' ');
    if (what === '') return undefined;
    return { what, level: lost.length > 0 ? 'major' : 'minor', ...placeIn(pair) };
  });
  return [...withoutRepeats(found), ...findScopeChanges(before, after)];
}

/** The scopes that an OAuth flow offers. What they are called for people does not count. */
function findScopeChanges(before: unknown, after: unknown): Finding[] {
  const schemes = valueAt(after, ['components', 'securitySchemes']) ?? {};
  return Object.entries(schemes).flatMap(([scheme, { flows }]) =>
    Object.entries((flows ?? {}) as Record<string, { readonly scopes?: object }>).flatMap(([flow, { scopes }]) => {
      const pointer = `#/components/securitySchemes/${scheme}/flows/${flow}/scopes`;
      const [old, now] = [valueAt(before, segmentsOf(pointer)), scopes].map((all) => Object.keys(all ?? {}));
      const lost = old?.filter((scope) => !now?.includes(scope)) ?? [];
      const gained = now?.filter((scope) => !old?.includes(scope)) ?? [];
      const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
      return [
        ...lost.slice(0, 1).map(
          (): Finding => ({
            what: `Scopes that are gone: ${list(lost)}.`,
            level: 'major',
            pointer,
            inBaseline: false,
          }),
        ),
        ...gained
          .slice(0, 1)
          .map((): Finding => ({ what: `New scopes: ${list(gained)}.`, level: 'minor', pointer, inBaseline: false })),
      ];
    }),
  );
}

/** An empty list asks for nothing, as does none. */
const accepted = (list: readonly Requirement[] | undefined): readonly Requirement[] => (list?.length ? list : [{}]);

function asksNoMore(one: Requirement, than: Requirement): boolean {
  return Object.entries(one).every(([scheme, scopes]) => {
    const known = than[scheme];
    return known !== undefined && scopes.every((scope) => known.includes(scope));
  });
}

function show(requirement: Requirement): string {
  const schemes = Object.entries(requirement).map(([scheme, scopes]) =>
    scopes.length > 0 ? `\`${scheme}\` with ${scopes.map((scope) => `\`${scope}\``).join(', ')}` : `\`${scheme}\``,
  );
  return schemes.join(' and ') || 'a call without a credential';
}

/** The place nearest to the operation that either contract has. */
export function placeIn({ before, after }: EffectivePair<unknown>): Pick<Finding, 'pointer' | 'inBaseline'> {
  const inBaseline = after.value === undefined || after.pointer.split('/').length < before.pointer.split('/').length;
  return { pointer: inBaseline ? before.pointer : after.pointer, inBaseline };
}

/** What a list says that several operations share is reported once. */
export function withoutRepeats(found: readonly (Finding | undefined)[]): Finding[] {
  const known = found.filter((one) => one !== undefined);
  return [...new Map(known.map((one) => [`${one.pointer} ${one.inBaseline} ${one.what}`, one])).values()];
}
