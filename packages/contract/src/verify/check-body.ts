import { type Located, type OpenApiDocument, resolved, within } from '../document/document.ts';
import { pointerTo } from '../document/pointer.ts';
import type { Schema } from '../document/schema.ts';
import type { DeviationKind } from './deviation.ts';
import { createKeywordCheck } from './keywords.ts';
import { safeName, saidType } from './redact.ts';

/** One way in which a body is not as the contract says. */
export interface BodyFinding {
  readonly kind: DeviationKind;
  /** Where in the body. */
  readonly at: readonly string[];
  readonly message: string;
  /** The rule in the contract. */
  readonly pointer: string;
}

/** Checks a body against a schema of the document. */
export type CheckBody = (schema: Located<Schema>, body: unknown) => BodyFinding[];

/** What one schema says about a value, and which of the value's members it names. */
interface Verdict {
  readonly findings: readonly BodyFinding[];
  readonly known: ReadonlySet<string>;
  /** Whether it allows any member, as an object of unknown shape does. */
  readonly open: boolean;
  /** The schema that names the members. */
  readonly owner?: string | undefined;
}

type At = readonly string[];

/**
 * Makes a check that also reports the members that the contract does not name, at any depth. The contract allows them,
 * so a validator does not report them. Only an object of unknown shape (`additionalProperties` is `true` or a schema)
 * may hold any member.
 */
export function createBodyCheck(document: OpenApiDocument): CheckBody {
  const checkKeywords = createKeywordCheck(document);

  function checkValue(schema: Located<Schema>, value: unknown, at: At): BodyFinding[] {
    const { findings, known, open, owner } = judge(schema, value, at);
    if (open || findings.some((finding) => finding.at.length === at.length && finding.kind === 'wrong-type')) {
      return [...findings];
    }
    const pointer = owner ?? resolved(document, schema).pointer;
    const unknown = membersOf(value)
      .filter((name) => !known.has(name))
      .map((name) => ({
        kind: 'unknown-member' as const,
        at: [...at, name],
        message: `${safeName(name)} is not in the contract; it ${saidType(Reflect.get(value as object, name))}`,
        pointer,
      }));
    return [...findings, ...unknown];
  }

  /** What a schema says, without unknown members: a sibling schema may name them. */
  function judge(schema: Located<Schema>, value: unknown, at: At): Verdict {
    const { node, pointer } = schema;
    const own = checkKeywords(node, value).map((error) => ownFinding(error, { pointer, value, at }));
    if (own.some(({ kind }) => kind === 'wrong-type')) return { findings: own, known: new Set(), open: false };
    const parts: Verdict[] = [{ findings: own, known: new Set(), open: false }];

    if (node.$ref) parts.push(judge(resolved(document, schema), value, at));
    if (isObject(value)) parts.push(judgeMembers(schema, value, at));
    if (Array.isArray(value) && isSchema(node.items)) {
      const items = within(schema, node.items, 'items');
      parts.push(verdict(value.flatMap((item, index) => checkValue(items, item, [...at, String(index)]))));
    }
    for (const [index, part] of branches(node.allOf))
      parts.push(judge(within(schema, part, 'allOf', index), value, at));
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      if (node[keyword]) parts.push(judgeChoice(schema, keyword, value, at));
    }
    return union(parts);
  }

  function judgeMembers(schema: Located<Schema>, value: Readonly<Record<string, unknown>>, at: At): Verdict {
    const { properties = {}, additionalProperties } = schema.node;
    const members = properties as Readonly<Record<string, Schema>>;
    const present = Object.keys(members).filter((name) => Object.hasOwn(value, name));
    const findings = present.flatMap((name) =>
      checkValue(within(schema, members[name] as Schema, 'properties', name), value[name], [...at, name]),
    );
    const known = new Set(Object.keys(members));
    const owner = known.size > 0 ? schema.pointer : undefined;
    if (!isSchema(additionalProperties)) return { findings, known, open: additionalProperties === true, owner };
    const rest = within(schema, additionalProperties, 'additionalProperties');
    const others = Object.keys(value).filter((name) => !known.has(name));
    return {
      findings: [...findings, ...others.flatMap((name) => checkValue(rest, value[name], [...at, name]))],
      known,
      open: true,
    };
  }

  /** Judges by the schemas that the value matches; if there are none, by the nearest. */
  function judgeChoice(schema: Located<Schema>, keyword: 'anyOf' | 'oneOf', value: unknown, at: At): Verdict {
    const verdicts = branches(schema.node[keyword]).map(([index, branch]) =>
      judge(within(schema, branch, keyword, index), value, at),
    );
    const fitting = verdicts.filter(({ findings }) => findings.length === 0);
    if (fitting.length > 1 && keyword === 'oneOf') {
      const message = `must match one of the schemas there, matches ${fitting.length}`;
      return union([
        ...fitting,
        verdict([{ kind: 'wrong-value', at, message, pointer: pointerTo(schema.pointer, keyword) }]),
      ]);
    }
    if (fitting.length > 0) return union(fitting);
    const ofType = verdicts.filter(
      ({ findings }) => !findings.some(({ kind, at: place }) => kind === 'wrong-type' && place.length === at.length),
    );
    const [nearest] = ofType.sort((a, b) => distance(a) - distance(b));
    if (nearest) return nearest;
    const types = verdicts.flatMap(({ findings }) =>
      findings.map(({ message }) => /^must be (.*), is/.exec(message)?.[1]),
    );
    const message = `must be ${[...new Set(types)].filter(Boolean).join(' or ')}, ${saidType(value)}`;
    return verdict([{ kind: 'wrong-type', at, message, pointer: pointerTo(schema.pointer, keyword) }]);
  }

  return (schema, body) => checkValue(schema, body, []);
}

interface Subject {
  readonly pointer: string;
  readonly value: unknown;
  readonly at: At;
}

interface KeywordError {
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

function ownFinding({ keyword, message = '', params }: KeywordError, { pointer, value, at }: Subject): BodyFinding {
  const rule = pointerTo(pointer, keyword);
  const said = message.replaceAll(',', ' or ');
  switch (keyword) {
    case 'type':
      return { kind: 'wrong-type', at, message: `${said}, ${saidType(value)}`, pointer: rule };
    case 'required': {
      const name = String(params.missingProperty);
      return { kind: 'missing-member', at: [...at, name], message: `${name} is missing`, pointer: rule };
    }
    case 'format':
      return { kind: 'wrong-format', at, message: said, pointer: rule };
    default:
      return { kind: 'wrong-value', at, message: said || `breaks ${keyword}`, pointer: rule };
  }
}

/** A missing member counts for more: the members that are there say what the value is meant to be. */
function distance({ findings }: Verdict): number {
  return findings.length + 1_000 * findings.filter(({ kind }) => kind === 'missing-member').length;
}

function verdict(findings: readonly BodyFinding[]): Verdict {
  return { findings, known: new Set(), open: false };
}

function union(verdicts: readonly Verdict[]): Verdict {
  return {
    findings: verdicts.flatMap(({ findings }) => findings),
    known: new Set(verdicts.flatMap(({ known }) => [...known])),
    open: verdicts.some(({ open }) => open),
    owner: verdicts.find(({ owner }) => owner !== undefined)?.owner,
  };
}

function branches(schemas: unknown): [number, Schema][] {
  return [...((schemas ?? []) as Schema[]).entries()];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function membersOf(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : [];
}
