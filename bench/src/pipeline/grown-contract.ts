interface Described {
  readonly operationId: string;
}
type PathItem = Readonly<Record<string, Described>>;

/** The members of a contract that growing it needs. */
export interface ContractDocument {
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

/**
 * Makes a contract with so many operations, by copying ours. Each copy has its own paths, operation ids and schemas, and
 * shares what a real contract shares: errors, parameters, examples.
 */
export function growContract(document: ContractDocument, operations: number): ContractDocument {
  const paths: Record<string, PathItem> = {};
  const schemas: Record<string, unknown> = { ...document.components.schemas };
  let left = operations;
  for (let copy = 0; left > 0; copy += 1) {
    for (const [path, item] of Object.entries(document.paths).slice(0, left)) {
      left -= Object.keys(item).length;
      paths[copy === 0 ? path : `/copy-${copy}${path}`] = copy === 0 ? item : copied(item, copy);
    }
    if (copy > 0) Object.assign(schemas, copiedSchemas(document, copy));
  }
  const used = { ...document.components.schemas, ...schemasOf(paths, schemas) };
  return { ...document, paths, components: { ...document.components, schemas: used } };
}

/** The schemas that are referenced: the last copy may have fewer operations than its schemas. */
function schemasOf(start: unknown, schemas: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const pending = refsIn(start);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name in found) continue;
    found[name] = schemas[name];
    pending.push(...refsIn(schemas[name]));
  }
  return found;
}

const schemaRef = /"#\/components\/schemas\/(\w+)"/g;

function refsIn(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(schemaRef)].map(([, name]) => name ?? '');
}

/** All operations of a service share its errors. */
function isShared(schema: string): boolean {
  return schema.includes('Error');
}

function copiedSchemas({ components }: ContractDocument, copy: number): Record<string, unknown> {
  const own = Object.entries(components.schemas).filter(([name]) => !isShared(name));
  return Object.fromEntries(own.map(([name, schema]) => [`${name}Copy${copy}`, withCopiedRefs(schema, copy)]));
}

function copied(item: PathItem, copy: number): PathItem {
  const operations = Object.entries(withCopiedRefs(item, copy));
  return Object.fromEntries(
    operations.map(([method, operation]) => [
      method,
      { ...operation, operationId: `${operation.operationId}Copy${copy}` },
    ]),
  );
}

function withCopiedRefs<Value>(value: Value, copy: number): Value {
  const text = JSON.stringify(value);
  return JSON.parse(
    text.replaceAll(schemaRef, (ref, name) => (isShared(name) ? ref : `${ref.slice(0, -1)}Copy${copy}"`)),
  );
}
