import ts from 'typescript';

/** Code that compiled against the last release's types and does not compile against the new ones. */
export interface TypeBreak {
  /** Where, for example `getSessionDecision 200 user_data.email` or `packages/client/examples/errors.ts:12`. */
  readonly place: string;
  /** What is wrong there, as a sentence. */
  readonly what: string;
}

/** Whether callers read values of a type or write them. */
type Use = 'read' | 'write';

/**
 * Compares types before and after, member by member, as callers use them: what callers read must be assignable to the
 * old type, what they write must be assignable to the new type, and every member must still be there.
 */
export class TypeWalk {
  readonly breaks: TypeBreak[] = [];
  readonly #checker: ts.TypeChecker;
  readonly #at: ts.Node;
  /** How callers use each old type, and with which types it was compared. */
  readonly #met = new Map<ts.Type, { readonly uses: Set<Use>; readonly with: Set<ts.Type> }>();

  /** @param at any node of the program, from which types of members are resolved */
  constructor(checker: ts.TypeChecker, at: ts.Node) {
    this.#checker = checker;
    this.#at = at;
  }

  compare(before: ts.Type, after: ts.Type, place: string, use: Use, seen: readonly ts.Type[] = []): void {
    if (before === after || seen.includes(before)) return;
    const count = this.breaks.length;
    const [old, now] = [this.#checker.getNonNullableType(before), this.#checker.getNonNullableType(after)];
    this.#remember(old, now, use);
    const [oldItem, nowItem] = [this.#itemOf(old), this.#itemOf(now)];
    if (oldItem && nowItem) this.compare(oldItem, nowItem, `${place}[]`, use, [...seen, before]);
    else this.#compareMembers(old, now, place, use, [...seen, before]);
    if (this.breaks.length === count && !this.#fits(before, after, use)) {
      this.#report(place, `was \`${this.#show(before)}\` and is \`${this.#show(after)}\``);
    }
  }

  /**
   * Compares named types, such as components, in the ways that callers used each. It skips a name whose old and new type
   * were already compared at a use. Otherwise a name could get another meaning while its old users write the type out.
   */
  compareNamed(before: ts.Type, after: ts.Type, place: string): void {
    for (const name of this.namesOf(before)) {
      const [old, now] = [this.memberType(before, name), this.memberType(after, name)];
      const known = old && this.#met.get(this.#checker.getNonNullableType(old));
      if (!known || !now || known.with.has(this.#checker.getNonNullableType(now))) continue;
      for (const use of [...known.uses]) this.compare(old, now, `${place}.${name}`, use);
    }
  }

  /** Reports each member of `before` that `after` lacks. */
  compareNames(before: ts.Type, after: ts.Type, place: string): void {
    for (const { name } of this.#checker.getPropertiesOfType(before)) {
      if (!this.#memberOf(after, name)) this.#report(`${place}.${name}`, 'is no longer there');
    }
  }

  /** @returns the type of a member, or `undefined` when there is no such member or its type is `never` */
  memberType(type: ts.Type | undefined, name: string): ts.Type | undefined {
    const symbol = type && this.#memberOf(this.#checker.getNonNullableType(type), name);
    if (!symbol) return undefined;
    const found = this.#checker.getTypeOfSymbolAtLocation(symbol, this.#at);
    const something = this.#checker.getNonNullableType(found);
    return something.flags & ts.TypeFlags.Never ? undefined : found;
  }

  /** @returns whether a member may be omitted */
  isOptional(type: ts.Type, name: string): boolean {
    const symbol = this.#memberOf(type, name);
    return symbol === undefined || (symbol.flags & ts.SymbolFlags.Optional) !== 0;
  }

  fits(value: ts.Type, place: ts.Type): boolean {
    return this.#checker.isTypeAssignableTo(value, place);
  }

  namesOf(type: ts.Type | undefined): string[] {
    return type ? this.#checker.getPropertiesOfType(type).map(({ name }) => name) : [];
  }

  #compareMembers(old: ts.Type, now: ts.Type, place: string, use: Use, seen: readonly ts.Type[]): void {
    if (!isObject(old)) return;
    for (const member of membersOf(this.#checker, old)) {
      const counterpart = this.#memberOf(now, member.name);
      const at = `${place}.${member.name}`;
      if (!counterpart) this.#report(at, 'is no longer there');
      else if (!old.isUnion()) this.compare(this.#typeOf(member), this.#typeOf(counterpart), at, use, seen);
    }
    const takesAny = (type: ts.Type) => this.#checker.getIndexTypeOfType(type, ts.IndexKind.String) !== undefined;
    if (takesAny(old) && !takesAny(now)) this.#report(place, 'has no more members than those that it names');
    if (use === 'read' || now.isUnion()) return;
    for (const member of this.#checker.getPropertiesOfType(now)) {
      const required = !(member.flags & ts.SymbolFlags.Optional);
      if (required && !this.#memberOf(old, member.name)) this.#report(`${place}.${member.name}`, 'must now be given');
    }
  }

  #remember(before: ts.Type, after: ts.Type, use: Use): void {
    for (const type of new Set([before, ...(before.isUnion() ? before.types : [])])) {
      const known = this.#met.get(type) ?? { uses: new Set<Use>(), with: new Set<ts.Type>() };
      known.uses.add(use);
      for (const one of [after, ...(after.isUnion() ? after.types : [])]) known.with.add(one);
      this.#met.set(type, known);
    }
  }

  #fits(before: ts.Type, after: ts.Type, use: Use): boolean {
    return use === 'read' ? this.fits(after, before) : this.fits(before, after);
  }

  /** A member of a type, or of any part of a union. */
  #memberOf(type: ts.Type, name: string): ts.Symbol | undefined {
    const parts = type.isUnion() ? type.types : [type];
    return parts.map((part) => this.#checker.getPropertyOfType(part, name)).find((symbol) => symbol !== undefined);
  }

  #itemOf(type: ts.Type): ts.Type | undefined {
    return this.#checker.isArrayType(type) ? this.#checker.getTypeArguments(type as ts.TypeReference)[0] : undefined;
  }

  #typeOf(symbol: ts.Symbol): ts.Type {
    return this.#checker.getTypeOfSymbolAtLocation(symbol, this.#at);
  }

  #show(type: ts.Type): string {
    const text = this.#checker.typeToString(type, undefined, ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope);
    return text.length > 100 ? `${text.slice(0, 100)}…` : text;
  }

  #report(place: string, what: string): void {
    this.breaks.push({ place, what });
  }
}

function isObject(type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type];
  return parts.every((part) => part.flags & ts.TypeFlags.Object);
}

function membersOf(checker: ts.TypeChecker, type: ts.Type): ts.Symbol[] {
  const parts = type.isUnion() ? type.types : [type];
  return [
    ...new Map(
      parts.flatMap((part) => checker.getPropertiesOfType(part)).map((symbol) => [symbol.name, symbol]),
    ).values(),
  ];
}
