import { type Located, type OpenApiDocument, pointerTo, within } from '../document.ts';
import { openEnumValues, type Schema } from '../schema.ts';

/** What records and contract say of something, trait by trait. */
export type Traits = Readonly<Record<string, unknown>>;

/** A member of a body. */
interface Member {
  /** For example `user_data.email`; `[]` stands for the items of a list, `*` for members of any name. */
  readonly path: string;
  readonly pointer: string;
  /** The schema that describes what lies within it. */
  readonly inner: string;
  readonly evidence: string;
  readonly traits: Traits;
}

const grades: Readonly<Record<string, string>> = { observed: 'O', community: 'C', assumed: 'A' };

/** The grade of a mark: what carries none is documented. A mark that nobody knows is no grade, and agrees with none. */
export const gradeOf = (mark: unknown): string => (mark === undefined ? 'D' : (grades[String(mark)] ?? String(mark)));

/** The mark of a grade, for messages. */
export const markOf = (grade: string): string =>
  Object.keys(grades).find((mark) => grades[mark] === grade) ?? 'no mark';

/**
 * Every member of a body, at any depth. A mark on a property, or on the text, number or boolean that it refers to,
 * grades the member. A mark on an object or a list grades what is in it: that a member is there and what it holds may
 * be known from different places.
 */
export function membersIn(document: OpenApiDocument, schema: Located<Schema>): Member[] {
  return inside(document, schema, { path: '', mark: undefined, seen: [] });
}

/** Type, format and known values of a schema. */
export function traitsOf(document: OpenApiDocument, schema: Located<Schema>): Traits {
  const shapes = shapesOf(document, schema);
  const types = shapes.flatMap(({ node }) => [node.type ?? []].flat());
  const values = shapes.flatMap(({ node }) => openEnumValues(node) ?? node.enum?.map(String) ?? []);
  const [format] = shapes.flatMap(({ node }) => (typeof node.format === 'string' ? [node.format] : []));
  const known = shapes.some(({ node }) => openEnumValues(node)) ? ['string', ...types] : types;
  return {
    type: [...new Set(known)].filter((type) => type !== 'null'),
    nullable: types.includes('null'),
    ...(format !== undefined && { format }),
    ...(values.length > 0 && { values: [...new Set(values)] }),
  };
}

interface Place {
  readonly path: string;
  readonly mark: unknown;
  /** Pointers of the schemas that lead here: one within itself is described once. */
  readonly seen: readonly string[];
}

function inside(document: OpenApiDocument, schema: Located<Schema>, { path, mark, seen }: Place): Member[] {
  const shapes = shapesOf(document, schema).filter(({ pointer }) => !seen.includes(pointer));
  const objects = shapes.filter(({ node }) => node.properties || [node.type ?? []].flat().includes('object'));
  const members = new Map<string, Member[]>();
  for (const shape of shapes) {
    const { node } = shape;
    const place = { path, mark: shape.mark ?? mark, seen: [...seen, shape.pointer] };
    for (const [name, member] of childrenOf(shape)) {
      const isRequired = objects.every(({ node }) => ((node.required ?? []) as string[]).includes(name));
      const described = memberOf(document, member, { ...place, path: joined(path, name) }, isRequired);
      members.set(name, [...(members.get(name) ?? []), ...described]);
    }
    if (node.additionalProperties === true) {
      const at = joined(path, '*');
      const pointer = pointerTo(shape.pointer, 'additionalProperties');
      members.set('*', [{ path: at, pointer, inner: pointer, evidence: gradeOf(place.mark), traits: {} }]);
    }
  }
  return [...members.values()].flat();
}

/** The schemas of an object's members and of a list's items. */
function childrenOf(shape: Located<Schema>): [string, Located<Schema>][] {
  const { properties = {}, items, additionalProperties } = shape.node;
  const children = Object.entries(properties as Readonly<Record<string, Schema>>).map(
    ([name, node]): [string, Located<Schema>] => [name, within(shape, node, 'properties', name)],
  );
  if (isSchema(items)) children.push(['[]', within(shape, items, 'items')]);
  if (isSchema(additionalProperties)) children.push(['*', within(shape, additionalProperties, 'additionalProperties')]);
  return children;
}

function memberOf(document: OpenApiDocument, schema: Located<Schema>, place: Place, required: boolean): Member[] {
  const shapes = shapesOf(document, schema);
  const own = shapes.find(
    ({ node, pointer, mark }) => mark !== undefined && (pointer === schema.pointer || !isContainer(node)),
  );
  const holder = shapes.find(({ node }) => isContainer(node));
  const isListed = place.path.endsWith('[]') || place.path.endsWith('*');
  const member: Member = {
    path: place.path,
    pointer: schema.pointer,
    inner: holder?.pointer ?? schema.pointer,
    evidence: gradeOf(schema.node['x-evidence'] ?? own?.mark ?? place.mark),
    traits: { ...traitsOf(document, schema), required: required && !isListed },
  };
  return [member, ...inside(document, schema, { ...place, mark: schema.node['x-evidence'] ?? place.mark })];
}

interface Shape extends Located<Schema> {
  /** The mark of the schema itself, or of the reference that leads to it. */
  readonly mark: unknown;
}

/** The schemas that a schema stands for: itself, what it refers to, the branches of its choices. */
function shapesOf(document: OpenApiDocument, schema: Located<Schema>, seen: readonly string[] = []): Shape[] {
  const { node, pointer } = schema;
  const mark = node['x-evidence'];
  if (node.$ref !== undefined) {
    if (seen.includes(node.$ref)) return [];
    return shapesOf(document, targetOf(document, node.$ref), [...seen, node.$ref]).map((shape) => ({
      ...shape,
      mark: shape.mark ?? mark,
    }));
  }
  if (openEnumValues(node)) return [{ node, pointer, mark }];
  const parts = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) =>
    ((node[keyword] ?? []) as Schema[]).flatMap((branch, index) =>
      shapesOf(document, within(schema, branch, keyword, index), seen),
    ),
  );
  const isOnlyChoice = parts.length > 0 && node.type === undefined && !isContainer(node);
  return isOnlyChoice ? parts : [{ node, pointer, mark }, ...parts];
}

function targetOf(document: OpenApiDocument, reference: string): Located<Schema> {
  const name = reference.replace('#/components/schemas/', '');
  return { node: document.components.schemas[name] ?? {}, pointer: reference };
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

const isContainer = ({ properties, items, additionalProperties }: Schema): boolean =>
  properties !== undefined || items !== undefined || additionalProperties !== undefined;

const joined = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
