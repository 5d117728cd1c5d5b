import { methods, type OpenApiDocument, operationsIn } from '../document/document.ts';
import { dereference, pointerTo, valueAt } from '../document/pointer.ts';
import type { Audience } from './change.ts';
import { keyOf } from './operations.ts';

/** A schema that an operation, a callback or a webhook sends or receives. */
interface Root {
  readonly schema: unknown;
  readonly pointer: string;
  readonly audience: readonly Audience[];
}

type Members = Readonly<Record<string, unknown>>;

const both: readonly Audience[] = ['reader', 'writer'];

/** The schemas of all operations, callbacks and webhooks by operation and use. */
export function rootsOf(document: OpenApiDocument): Map<string, Root> {
  const roots = new Map<string, Root>();
  const add = (key: string, owner: unknown, pointer: string, audience: readonly Audience[]): void => {
    const { schema, content } = (dereference(document, owner) ?? {}) as { schema?: unknown; content?: object };
    if (schema !== undefined) roots.set(key, { schema, pointer: pointerTo(pointer, 'schema'), audience });
    for (const [type, media] of Object.entries(content ?? {})) {
      add(`${key} ${type}`, media, pointerTo(pointer, 'content', type), audience);
    }
  };
  const addParameters = (key: string, list: unknown, pointer: string, audience: readonly Audience[]): void => {
    for (const [index, parameter] of ((list as unknown[] | undefined) ?? []).entries()) {
      const { name, in: where } = dereference(document, parameter) as { name: string; in: string };
      add(`${key} ${where} ${name.toLowerCase()}`, parameter, pointerTo(pointer, index), audience);
    }
  };
  const addOperation = (key: string, node: Members, pointer: string, isCalledBack: boolean): void => {
    const [writer, reader] = isCalledBack ? [both, both] : [['writer'] as const, ['reader'] as const];
    addParameters(key, node.parameters, pointerTo(pointer, 'parameters'), writer);
    add(`${key} request`, node.requestBody, pointerTo(pointer, 'requestBody'), writer);
    for (const [status, response] of Object.entries((node.responses ?? {}) as Members)) {
      const at = pointerTo(pointer, 'responses', status);
      add(`${key} ${status}`, response, at, reader);
      const { headers } = dereference(document, response) as { headers?: object };
      for (const [name, header] of Object.entries(headers ?? {})) {
        add(`${key} ${status} header ${name.toLowerCase()}`, header, pointerTo(at, 'headers', name), reader);
      }
    }
    for (const [name, callback] of Object.entries((node.callbacks ?? {}) as Members)) {
      addCalledBack(`${key} ${name}`, dereference(document, callback), pointerTo(pointer, 'callbacks', name));
    }
  };
  /** Adds the path items that the service itself calls. */
  const addCalledBack = (key: string, items: unknown, pointer: string): void => {
    for (const [path, reference] of Object.entries((items ?? {}) as Members)) {
      const item = (dereference(document, reference) ?? {}) as Members;
      addParameters(`${key} ${path}`, item.parameters, pointerTo(pointer, path, 'parameters'), both);
      for (const method of methods.filter((name) => item[name])) {
        addOperation(`${key} ${path} ${method}`, item[method] as Members, pointerTo(pointer, path, method), true);
      }
    }
  };
  for (const operation of operationsIn(document)) {
    const { node, pointer, path } = operation;
    const key = keyOf(operation);
    const shared = valueAt(document, ['paths', path, 'parameters']);
    addParameters(key, shared, pointerTo('#', 'paths', path, 'parameters'), ['writer']);
    addOperation(key, node as unknown as Members, pointer, false);
  }
  addCalledBack('webhook', valueAt(document, ['webhooks']), '#/webhooks');
  return roots;
}
