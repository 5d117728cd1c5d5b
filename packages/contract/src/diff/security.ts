import type { OpenApiDocument } from '../document/document.ts';
import { segmentsOf, valueAt } from '../document/pointer.ts';
import { type Difference, effectivePairs, placeIn, withoutRepeats } from './operations.ts';

/** The scopes that a credential of each scheme needs; all schemes are needed together. */
type Requirement = Readonly<Record<string, readonly string[]>>;

/** Compares the credentials that each operation accepts. It must still accept those that callers have. */
export function findSecurityChanges(before: OpenApiDocument, after: OpenApiDocument): Difference[] {
  const pairs = effectivePairs<readonly Requirement[]>('security', before, after);
  const found = pairs.map((pair): Difference | undefined => {
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

/** Compares the scopes that each OAuth flow offers. Their descriptions do not count. */
function findScopeChanges(before: OpenApiDocument, after: OpenApiDocument): Difference[] {
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
          (): Difference => ({
            what: `Removed scopes: ${list(lost)}.`,
            level: 'major',
            pointer,
            inBaseline: false,
          }),
        ),
        ...gained
          .slice(0, 1)
          .map(
            (): Difference => ({ what: `New scopes: ${list(gained)}.`, level: 'minor', pointer, inBaseline: false }),
          ),
      ];
    }),
  );
}

/** An empty or missing list requires nothing. */
function accepted(list: readonly Requirement[] | undefined): readonly Requirement[] {
  return list?.length ? list : [{}];
}

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
