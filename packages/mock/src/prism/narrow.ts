import type { Operation } from '../contract/load.ts';

/** What Prism needs of an operation for one exchange. */
interface Narrowed {
  /** For one exchange only: `answerWith` changes it. */
  readonly resource: Operation;
  /** The path of the request, which matches the path of `resource`. */
  readonly path: string;
  /** Keeps only the response that applies to an answer of this status. */
  answerWith(status: number): void;
}

/** Prepares an operation for one exchange. */
export type Narrow = (parameters: Readonly<Record<string, string>>) => Narrowed;

type QueryParameter = NonNullable<NonNullable<Operation['request']>['query']>[number];

/**
 * For every request, Prism compiles the path of an operation and the code of each response again, and searches empty
 * lists. To save that time, this reduces the operation to what one exchange needs: a path of parameters only (the router
 * has matched the rest), no empty lists, one response. The differential test checks that Prism finds the same.
 */
export function createNarrow(operation: Operation): Narrow {
  const { request } = operation;
  const names = (request?.path ?? []).map(({ name }) => name);
  const path = names.map((name) => `{${name}}`).join('/');
  const narrowRequest = request && {
    ...request,
    headers: unlessEmpty(request.headers),
    query: unlessEmpty(request.query)?.map(exploded),
    path: unlessEmpty(request.path),
  };
  const byStatus = new Map<number, Operation['responses']>();

  return (parameters) => {
    const resource = { ...operation, path, ...(narrowRequest && { request: narrowRequest as Operation['request'] }) };
    return {
      resource: resource as Operation,
      path: names.map((name) => encodeURIComponent(parameters[name] ?? '')).join('/'),
      answerWith(status) {
        const responses = byStatus.get(status) ?? responsesFor(operation, status);
        byStatus.set(status, responses);
        resource.responses = responses;
      },
    };
  };
}

function unlessEmpty<T>(list: readonly T[] | undefined): T[] | undefined {
  return list?.length ? [...list] : undefined;
}

/** By default, a list is sent as one parameter for each item. Prism would read only the last one. */
function exploded(parameter: QueryParameter): QueryParameter {
  const { style, explode, schema } = parameter;
  const isList = typeof schema === 'object' && schema.type === 'array';
  return isList && String(style) === 'form' && explode === undefined ? { ...parameter, explode: true } : parameter;
}

/** The response for a status, by the rules of OpenAPI: the code itself, else its range, else `default`. */
function responsesFor({ responses }: Operation, status: number): Operation['responses'] {
  const codes = [`${status}`, `${Math.floor(status / 100)}XX`, 'default'];
  const found = codes.map((code) => responses.find((response) => response.code === code)).find(Boolean);
  return found ? [found] : responses; // Prism's message then lists the codes
}
