import type { EngineChange } from './engine.ts';
import { segmentsOf } from './pointer.ts';

const nouns: Readonly<Record<string, string>> = {
  PathItem: 'Path',
  Schema: 'Schema',
  SchemaProperties: 'Properties',
  MediaType: 'Content type',
  SecurityRequirement: 'Security requirement',
};

/** What changed, as a sentence: the engine's own where it has one. */
export function describeChange(change: EngineChange, place: string): string {
  if (change.verdicts.length > 0) return change.verdicts.map(({ message }) => message).join(' ');
  const { kind, property } = change;
  if (kind === 'modified' && property !== undefined) return describeKeyword(property, place, change);
  return `${nounOf(change)} was ${kind}.`;
}

function nounOf({ typeName, base, revision }: EngineChange): string {
  const segments = segmentsOf((revision ?? base)?.pointer ?? '');
  const name = segments.at(-1) ?? '';
  if (/^\d+$/.test(name) && ['anyOf', 'allOf', 'oneOf'].includes(segments.at(-2) ?? '')) {
    return `Alternative ${Number(name) + 1} of \`${segments.at(-3)}\``;
  }
  if (segments.at(-2) === 'properties') return `Property \`${name}\` of \`${segments.at(-3)}\``;
  if (typeName === 'PathItem') return `Path \`${name}\` with ${operationsOf((revision ?? base)?.value)}`;
  const { name: parameter, in: where } = ((revision ?? base)?.value ?? {}) as Record<string, unknown>;
  if (typeName === 'Parameter') return `Optional \`${parameter}\` ${where} parameter`;
  return `${nouns[typeName] ?? typeName} \`${name}\``;
}

function operationsOf(pathItem: unknown): string {
  const operations = Object.values(pathItem ?? {}).map((operation) => operation?.operationId);
  return list(operations.filter((id) => typeof id === 'string'));
}

function describeKeyword(property: string, place: string, { base, revision }: EngineChange): string {
  const [before, after] = [base?.value, revision?.value];
  if (Array.isArray(before) && Array.isArray(after)) {
    const gained = after.filter((value) => !before.includes(value));
    const lost = before.filter((value) => !after.includes(value));
    if (gained.length + lost.length === 0) return `\`${property}\` of \`${place}\` changed its order.`;
    const parts = [gained.length > 0 && `gained ${list(gained)}`, lost.length > 0 && `lost ${list(lost)}`];
    return `\`${property}\` of \`${place}\` ${parts.filter(Boolean).join(' and ')}.`;
  }
  if (isLong(before) || isLong(after)) return `\`${property}\` of \`${place}\` changed.`;
  if (before === undefined) return `\`${property}\` of \`${place}\` was set to ${show(after)}.`;
  if (after === undefined) return `\`${property}\` of \`${place}\` was removed.`;
  return `\`${property}\` of \`${place}\` changed from ${show(before)} to ${show(after)}.`;
}

const show = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
const list = (values: readonly unknown[]): string => values.map(show).join(', ');
const isLong = (value: unknown): boolean => value !== undefined && show(value).length > 40;
