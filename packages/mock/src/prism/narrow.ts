import type { Operation } from '../contract/load.ts';

/** What Prism reads of an operation for one exchange. */
interface Narrowed {
  /** For Prism, for one exchange: `answerWith` changes it. */
  readonly resource: Operation;
  /** The path of the request, to be matched by the path of `resource`. */
  readonly path: string;
  /** Leaves the one response that has a say in an answer of this status. */
  answerWith(status: number): void;
}

/** Makes an operation ready for one exchange after another. */
export type Narrow = (parameters: Readonly<Record<string, string>>) => Narrowed;

type QueryParameter = NonNullable<NonNullable<Operation['request']>['query']>[number];

/**
 * Prism compiles the path of an operation and the code of each of its responses anew for every request, and looks
 * through lists that are empty. Here is the operation with nothing in it that the exchange at hand has no use for:
 * a path of parameters only (the router has matched the rest), no empty lists, one response. What Prism finds is the
 * same; the differential test holds it to that.
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

/** A list that does not say how it is sent is sent as one parameter for each item; Prism takes the last one alone. */
function exploded(parameter: QueryParameter): QueryParameter {
  const { style, explode, schema } = parameter;
  const isList = typeof schema === 'object' && schema.type === 'array';
  return isList && String(style) === 'form' && explode === undefined ? { ...parameter, explode: true } : parameter;
}

/** The response for a status by the rules of OpenAPI: the code itself, else its range, else `default`. */
function responsesFor({ responses }: Operation, status: number): Operation['responses'] {
  const codes = [`${status}`, `${Math.floor(status / 100)}XX`, 'default'];
  const found = codes.map((code) => responses.find((response) => response.code === code)).find(Boolean);
  return found ? [found] : responses; // Prism says best which codes there are
}
