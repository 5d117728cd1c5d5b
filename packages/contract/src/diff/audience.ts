import { segmentsOf } from '../document/pointer.ts';
import type { Audience } from './change.ts';
import type { EngineChange } from './engine.ts';

/** Who meets each component, by its pointer (`#/components/schemas/Session`). */
export type Audiences = ReadonlyMap<string, ReadonlySet<Audience>>;

interface DocumentLike {
  readonly paths: Readonly<Record<string, object>>;
  readonly webhooks?: unknown;
}

/** Finds who meets each component, by the references of requests and of responses. */
export function audiencesOf(document: DocumentLike): Audiences {
  const found = new Map<string, Set<Audience>>();
  const visit = (value: unknown, audience: Audience): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (key === '$ref' && typeof member === 'string') follow(member, audience);
      else visit(member, audience);
    }
  };
  const follow = (reference: string, audience: Audience): void => {
    const seen = found.get(reference) ?? new Set();
    if (seen.has(audience)) return;
    found.set(reference, seen.add(audience));
    let target: unknown = document;
    for (const segment of segmentsOf(reference)) target = (target as Record<string, unknown> | undefined)?.[segment];
    visit(target, audience);
  };
  for (const item of Object.values(document.paths)) {
    for (const [key, part] of Object.entries(item)) {
      if (key === 'parameters') visit(part, 'writer');
      else visitOperation(part, visit);
    }
  }
  visitBoth(document.webhooks, visit);
  return found;
}

/** Whom a change concerns. A change of a component concerns all who meet it. */
export function audienceOf(change: EngineChange, audiences: readonly Audiences[]): readonly Audience[] {
  const pointers = [change.base?.pointer, change.revision?.pointer].filter((pointer) => pointer !== undefined);
  const components = pointers.flatMap((pointer) => /^#\/components\/[^/]+\/[^/]+/.exec(pointer)?.[0] ?? []);
  const met = components.flatMap((component) => audiences.flatMap((known) => [...(known.get(component) ?? [])]));
  if (met.length > 0) return [...new Set(met)].sort();
  if (/^#\/webhooks\/|\/callbacks\//.test(change.path)) return ['reader', 'writer'];
  if (change.path.includes('/responses')) return ['reader'];
  if (/\/(requestBody|parameters|security|securitySchemes)(\/|$)/.test(change.path)) return ['writer'];
  return ['reader', 'writer'];
}

/** Webhooks and callbacks concern both: the service sends their requests. */
function visitBoth(value: unknown, visit: (value: unknown, audience: Audience) => void): void {
  visit(value, 'reader');
  visit(value, 'writer');
}

function visitOperation(operation: unknown, visit: (value: unknown, audience: Audience) => void): void {
  if (typeof operation !== 'object' || operation === null) return;
  const { parameters, requestBody, responses, callbacks } = operation as Record<string, unknown>;
  visitBoth(callbacks, visit);
  visit(parameters, 'writer');
  visit(requestBody, 'writer');
  visit(responses, 'reader');
}
