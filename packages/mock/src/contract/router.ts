import type { Operation } from './load.ts';

declare global {
  /** In Node 24, but not yet in the types of TypeScript 5.9. */
  interface RegExpConstructor {
    escape(text: string): string;
  }
}

interface Route {
  /** The path of the contract, for example `/auth/v2/session/{session_id}/status/`. */
  readonly template: string;
  /** Operations by method, in upper case. */
  readonly operations: ReadonlyMap<string, Operation>;
}

export interface Match {
  readonly route: Route;
  /** The path as the contract writes it. */
  readonly path: string;
  /** Path parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Router {
  /** @param path a raw path with valid percent escapes, without a query */
  match(path: string): Match | undefined;
  /** The right path for one that differs only in its slashes. */
  suggest(path: string): string | undefined;
}

/** Other paths that work: the vendor's own demo posts to the one with a slash. */
const otherForms: Readonly<Record<string, string>> = { '/auth/v2/session': '/auth/v2/session/' };

const parameter = /\{([^}]+)\}/g;

/** Compiles the contract's paths once. Prism's own router would sort and match all of them for every request. */
export function createRouter(operations: readonly Operation[]): Router {
  const byTemplate = new Map<string, Map<string, Operation>>();
  for (const operation of operations) {
    const methods = byTemplate.get(operation.path) ?? new Map<string, Operation>();
    byTemplate.set(operation.path, methods.set(operation.method.toUpperCase(), operation));
  }
  const fixed = new Map<string, Match>();
  const patterns: { route: Route; pattern: RegExp; names: string[] }[] = [];
  const templates = [...byTemplate].sort(([one], [other]) => (sortKey(one) < sortKey(other) ? -1 : 1));
  for (const [template, methods] of templates) {
    const route: Route = { template, operations: methods };
    const names = [...template.matchAll(parameter)].map(([, name]) => name ?? '');
    if (names.length > 0) patterns.push({ route, pattern: new RegExp(`^${sourceOf(template)}$`), names });
    else fixed.set(template, { route, path: template, parameters: {} });
  }
  for (const [template, other] of Object.entries(otherForms)) {
    const match = fixed.get(template);
    if (match && !fixed.has(other)) fixed.set(other, match);
  }
  const base = basePaths(operations);

  const matchTemplate = (path: string): Match | undefined => {
    const exact = fixed.get(path);
    if (exact) return exact;
    for (const { route, pattern, names } of patterns) {
      const values = pattern.exec(path);
      if (!values) continue;
      const entries = names.map((name, index) => [name, decodeURIComponent(values[index + 1] ?? '')] as const);
      return { route, path, parameters: Object.fromEntries(entries) };
    }
    return undefined;
  };

  const match = (path: string): Match | undefined => {
    const found = matchTemplate(path);
    if (found || !base) return found;
    const rest = path.replace(base, '');
    return rest === path ? undefined : matchTemplate(rest);
  };

  const suggest = (path: string): string | undefined => {
    const clean = path.replace(/\/{2,}/g, '/').replace(/\/$/, '');
    return [clean, `${clean}/`].find((candidate) => match(candidate) !== undefined);
  };

  return { match, suggest };
}

/** Source of a `RegExp` with one group for each parameter, which matches one segment. */
function sourceOf(template: string): string {
  const parts = template.split(parameter);
  return parts.map((part, index) => (index % 2 === 1 ? '([^/]+)' : RegExp.escape(part))).join('');
}

/** Matches the paths of the contract's servers: its operations are found below them too. `{variable}` is any segment. */
function basePaths(operations: readonly Operation[]): RegExp | undefined {
  const servers = operations.flatMap((operation) => operation.servers ?? []);
  const paths = servers.map(({ url }) => url.replace(/^[^/]*:\/\/[^/]*/, '').replace(/\/+$/, ''));
  const sources = [...new Set(paths)].filter((path) => path.startsWith('/')).map(sourceOf);
  return sources.length === 0 ? undefined : new RegExp(`^(?:${sources.join('|')})(?=/)`);
}

/** Sorts paths: when two of them match, the one with a fixed segment further left comes first. */
function sortKey(template: string): string {
  return template.replace(parameter, '\u{ffff}');
}
