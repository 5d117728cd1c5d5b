import type { Level } from '../../src/repository/level.ts';

/**
 * Two versions of one operation and the level that the difference must have from 1.0.0 on. Each side is YAML:
 *
 * - `request`, `response`: the schema of the JSON body; `body`, `content`, `headers`, `responses`: what stands around it
 * - `parameters`, `security`, `servers`, `path`, `operation`, `item`: of the operation and its path
 * - `schemas` and other `components`: what it refers to; `ROW` in a name stands for the pair
 */
export interface Pair {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** The contract's own level. */
  readonly level: Level;
  /** The client's level, where TypeScript makes it another one. */
  readonly client?: Level;
  /** Why the pipeline rates it higher, where it does. */
  readonly tooHigh?: string;
}

// biome-ignore format: one pair a line
const table: readonly (readonly [string, string, string, Level, (Level | undefined)?, string?])[] = [
  // Properties of a request
  ['request: optional property added', 'request: { properties: { a: { type: string } } }', 'request: { properties: { a: { type: string }, b: { type: string } } }', 'minor'],
  ['request: required property added', 'request: { properties: { a: { type: string } } }', 'request: { required: [b], properties: { a: { type: string }, b: { type: string } } }', 'major'],
  ['request: property removed', 'request: { properties: { a: { type: string }, b: { type: string } } }', 'request: { properties: { a: { type: string } } }', 'major'],
  ['request: property removed from a closed object', 'request: { additionalProperties: false, properties: { a: { type: string }, b: { type: string } } }', 'request: { additionalProperties: false, properties: { a: { type: string } } }', 'major'],
  ['request: property becomes required', 'request: { properties: { a: { type: string } } }', 'request: { required: [a], properties: { a: { type: string } } }', 'major'],
  ['request: property becomes optional', 'request: { required: [a], properties: { a: { type: string } } }', 'request: { properties: { a: { type: string } } }', 'minor'],
  ['request: property becomes read-only', 'request: { properties: { a: { type: string } } }', 'request: { properties: { a: { type: string, readOnly: true } } }', 'major'],
  ['request: property is no longer read-only', 'request: { properties: { a: { type: string, readOnly: true } } }', 'request: { properties: { a: { type: string } } }', 'minor', undefined, 'Where the property is required, it must now be sent; the engine does not say which.'],
  ['request: property becomes write-only', 'request: { properties: { a: { type: string } } }', 'request: { properties: { a: { type: string, writeOnly: true } } }', 'minor'],
  ['request: property becomes deprecated', 'request: { properties: { a: { type: string } } }', 'request: { properties: { a: { type: string, deprecated: true } } }', 'minor'],
  ['request: property gets a default', 'request: { required: [a], properties: { a: { type: string } } }', 'request: { required: [a], properties: { a: { type: string, default: x } } }', 'minor'],
  ['request: default changed', 'request: { required: [a], properties: { a: { type: string, default: x } } }', 'request: { required: [a], properties: { a: { type: string, default: y } } }', 'major'],
  ['request: default removed', 'request: { required: [a], properties: { a: { type: string, default: x } } }', 'request: { required: [a], properties: { a: { type: string } } }', 'major'],

  // Properties of a response
  ['response: optional property added', 'response: { properties: { a: { type: string } } }', 'response: { properties: { a: { type: string }, b: { type: string } } }', 'minor'],
  ['response: required property added', 'response: { properties: { a: { type: string } } }', 'response: { required: [b], properties: { a: { type: string }, b: { type: string } } }', 'minor'],
  ['response: property removed', 'response: { properties: { a: { type: string }, b: { type: string } } }', 'response: { properties: { a: { type: string } } }', 'major'],
  ['response: property becomes required', 'response: { properties: { a: { type: string } } }', 'response: { required: [a], properties: { a: { type: string } } }', 'minor'],
  ['response: property becomes optional', 'response: { required: [a], properties: { a: { type: string } } }', 'response: { properties: { a: { type: string } } }', 'major'],
  ['response: property becomes write-only', 'response: { properties: { a: { type: string } } }', 'response: { properties: { a: { type: string, writeOnly: true } } }', 'major'],
  ['response: property becomes read-only', 'response: { properties: { a: { type: string } } }', 'response: { properties: { a: { type: string, readOnly: true } } }', 'minor'],
  ['response: default changed', 'response: { required: [a], properties: { a: { type: string, default: x } } }', 'response: { required: [a], properties: { a: { type: string, default: y } } }', 'minor'],
  ['response: nested property removed', 'response: { properties: { a: { type: object, properties: { b: { type: string }, c: { type: string } } } } }', 'response: { properties: { a: { type: object, properties: { b: { type: string } } } } }', 'major'],
  ['response: property of a list item removed', 'response: { properties: { a: { type: array, items: { type: object, properties: { b: { type: string }, c: { type: string } } } } } }', 'response: { properties: { a: { type: array, items: { type: object, properties: { b: { type: string } } } } } }', 'major'],

  // Types
  ['request: type changed', 'request: { properties: { a: { type: string } } }', 'request: { properties: { a: { type: integer } } }', 'major'],
  ['request: type widened', 'request: { properties: { a: { type: string } } }', 'request: { properties: { a: { type: [string, integer] } } }', 'minor'],
  ['request: type narrowed', 'request: { properties: { a: { type: [string, integer] } } }', 'request: { properties: { a: { type: string } } }', 'major'],
  ['request: integer becomes number', 'request: { properties: { a: { type: integer } } }', 'request: { properties: { a: { type: number } } }', 'minor'],
  ['request: number becomes integer', 'request: { properties: { a: { type: number } } }', 'request: { properties: { a: { type: integer } } }', 'major'],
  ['request: becomes nullable', 'request: { properties: { a: { type: string } } }', 'request: { properties: { a: { type: [string, "null"] } } }', 'minor'],
  ['request: is no longer nullable', 'request: { properties: { a: { type: [string, "null"] } } }', 'request: { properties: { a: { type: string } } }', 'major'],
  ['response: type widened', 'response: { properties: { a: { type: string } } }', 'response: { properties: { a: { type: [string, integer] } } }', 'major'],
  ['response: type narrowed', 'response: { properties: { a: { type: [string, integer] } } }', 'response: { properties: { a: { type: string } } }', 'minor'],
  ['response: integer becomes number', 'response: { properties: { a: { type: integer } } }', 'response: { properties: { a: { type: number } } }', 'major'],
  ['response: becomes nullable', 'response: { properties: { a: { type: string } } }', 'response: { properties: { a: { type: [string, "null"] } } }', 'major'],
  ['response: is no longer nullable', 'response: { properties: { a: { type: [string, "null"] } } }', 'response: { properties: { a: { type: string } } }', 'minor'],
  ['response: a list of one type is written as that type', 'response: { properties: { a: { type: [string] } } }', 'response: { properties: { a: { type: string } } }', 'patch'],
  ['request: a type is written as a list of one', 'request: { properties: { a: { type: string } } }', 'request: { properties: { a: { type: [string] } } }', 'patch'],
  ['response: null in the type is written as an alternative', 'response: { properties: { a: { type: [string, "null"], minLength: 1 } } }', 'response: { properties: { a: { anyOf: [{ type: string, minLength: 1 }, { type: "null" }] } } }', 'patch'],
  ['request: null as an alternative is written in the type', 'request: { properties: { a: { anyOf: [{ type: string }, { type: "null" }] } } }', 'request: { properties: { a: { type: [string, "null"] } } }', 'patch'],
  ['request: a component becomes nullable', 'request: { properties: { a: { $ref: "#/components/schemas/ROWA" } } }\nschemas: { ROWA: { type: object, properties: { b: { type: string } } } }', 'request: { properties: { a: { anyOf: [{ $ref: "#/components/schemas/ROWA" }, { type: "null" }] } } }\nschemas: { ROWA: { type: object, properties: { b: { type: string } } } }', 'minor'],
  ['response: a component becomes nullable', 'response: { properties: { a: { $ref: "#/components/schemas/ROWA" } } }\nschemas: { ROWA: { type: object, properties: { b: { type: string } } } }', 'response: { properties: { a: { anyOf: [{ $ref: "#/components/schemas/ROWA" }, { type: "null" }] } } }\nschemas: { ROWA: { type: object, properties: { b: { type: string } } } }', 'major'],
  ['response: a component is no longer nullable', 'response: { properties: { a: { anyOf: [{ $ref: "#/components/schemas/ROWA" }, { type: "null" }] } } }\nschemas: { ROWA: { type: object, properties: { b: { type: string } } } }', 'response: { properties: { a: { $ref: "#/components/schemas/ROWA" } } }\nschemas: { ROWA: { type: object, properties: { b: { type: string } } } }', 'minor'],
  ['response: a component is extracted', 'response: { properties: { a: { type: object, properties: { b: { type: string } } } } }', 'response: { properties: { a: { $ref: "#/components/schemas/ROWA" } } }\nschemas: { ROWA: { type: object, properties: { b: { type: string } } } }', 'patch'],
  ['response: a component is written out where it is used', 'response: { properties: { a: { $ref: "#/components/schemas/ROWA" } } }\nschemas: { ROWA: { type: object, properties: { b: { type: string } } } }', 'response: { properties: { a: { type: object, properties: { b: { type: string } } } } }\nschemas: { ROWA: { type: object, properties: { b: { type: string } } } }', 'none'],
  ['response: a component is extracted and loses a property', 'response: { properties: { a: { type: object, properties: { b: { type: string }, c: { type: string } } } } }', 'response: { properties: { a: { $ref: "#/components/schemas/ROWA" } } }\nschemas: { ROWA: { type: object, properties: { b: { type: string } } } }', 'major'],
  ['request: refers to another component', 'request: { properties: { a: { $ref: "#/components/schemas/ROWA" }, b: { $ref: "#/components/schemas/ROWB" } } }\nschemas: { ROWA: { type: string }, ROWB: { type: integer } }', 'request: { properties: { a: { $ref: "#/components/schemas/ROWB" }, b: { $ref: "#/components/schemas/ROWB" } } }\nschemas: { ROWA: { type: string }, ROWB: { type: integer } }', 'major'],

  // Values
  ['request: enum value added', 'request: { properties: { a: { type: string, enum: [x] } } }', 'request: { properties: { a: { type: string, enum: [x, y] } } }', 'minor'],
  ['request: enum value removed', 'request: { properties: { a: { type: string, enum: [x, y] } } }', 'request: { properties: { a: { type: string, enum: [x] } } }', 'major'],
  ['response: value of a closed enum added', 'response: { properties: { a: { type: string, enum: [x] } } }', 'response: { properties: { a: { type: string, enum: [x, y] } } }', 'major'],
  ['response: value of a closed enum removed', 'response: { properties: { a: { type: string, enum: [x, y] } } }', 'response: { properties: { a: { type: string, enum: [x] } } }', 'minor'],
  ['response: value of an open enum added', 'response: { properties: { a: { anyOf: [{ type: string, enum: [x] }, { type: string }] } } }', 'response: { properties: { a: { anyOf: [{ type: string, enum: [x, y] }, { type: string }] } } }', 'minor'],
  ['response: open enum closed', 'response: { properties: { a: { anyOf: [{ type: string, enum: [x] }, { type: string }] } } }', 'response: { properties: { a: { type: string, enum: [x] } } }', 'minor'],
  ['response: enum opened', 'response: { properties: { a: { type: string, enum: [x] } } }', 'response: { properties: { a: { anyOf: [{ type: string, enum: [x] }, { type: string }] } } }', 'major'],
  ['request: enum of one value written as const', 'request: { properties: { a: { type: string, enum: [x] } } }', 'request: { properties: { a: { type: string, const: x } } }', 'patch'],
  ['response: const written as enum of one value', 'response: { properties: { a: { const: x } } }', 'response: { properties: { a: { enum: [x] } } }', 'patch'],
  ['request: const changed', 'request: { properties: { a: { const: x } } }', 'request: { properties: { a: { const: y } } }', 'major'],
  ['request: const becomes an enum with it', 'request: { properties: { a: { const: x } } }', 'request: { properties: { a: { enum: [x, y] } } }', 'minor'],
  ['response: const becomes an enum with it', 'response: { properties: { a: { const: x } } }', 'response: { properties: { a: { enum: [x, y] } } }', 'major'],
  ['request: format added', 'request: { properties: { a: { type: string } } }', 'request: { properties: { a: { type: string, format: uuid } } }', 'major'],
  ['request: format removed', 'request: { properties: { a: { type: string, format: uuid } } }', 'request: { properties: { a: { type: string } } }', 'minor'],
  ['response: format changed', 'response: { properties: { a: { type: string, format: date } } }', 'response: { properties: { a: { type: string, format: date-time } } }', 'major'],
  ['request: minLength raised', 'request: { properties: { a: { type: string, minLength: 1 } } }', 'request: { properties: { a: { type: string, minLength: 2 } } }', 'major'],
  ['request: minLength lowered', 'request: { properties: { a: { type: string, minLength: 2 } } }', 'request: { properties: { a: { type: string, minLength: 1 } } }', 'minor'],
  ['response: minLength lowered', 'response: { properties: { a: { type: string, minLength: 2 } } }', 'response: { properties: { a: { type: string, minLength: 1 } } }', 'major'],
  ['request: minLength 0 written out', 'request: { properties: { a: { type: string } } }', 'request: { properties: { a: { type: string, minLength: 0 } } }', 'patch'],
  ['request: maxLength set', 'request: { properties: { a: { type: string } } }', 'request: { properties: { a: { type: string, maxLength: 9 } } }', 'major'],
  ['response: maxLength raised', 'response: { properties: { a: { type: string, maxLength: 9 } } }', 'response: { properties: { a: { type: string, maxLength: 10 } } }', 'major'],
  ['request: maximum lowered', 'request: { properties: { a: { type: integer, maximum: 9 } } }', 'request: { properties: { a: { type: integer, maximum: 8 } } }', 'major'],
  ['request: maximum raised', 'request: { properties: { a: { type: integer, maximum: 9 } } }', 'request: { properties: { a: { type: integer, maximum: 10 } } }', 'minor'],
  ['request: minimum becomes exclusive', 'request: { properties: { a: { type: number, minimum: 1 } } }', 'request: { properties: { a: { type: number, exclusiveMinimum: 1 } } }', 'major'],
  ['request: multipleOf relaxed', 'request: { properties: { a: { type: integer, multipleOf: 6 } } }', 'request: { properties: { a: { type: integer, multipleOf: 3 } } }', 'minor'],
  ['request: pattern changed', 'request: { properties: { a: { type: string, pattern: "^a" } } }', 'request: { properties: { a: { type: string, pattern: "^b" } } }', 'major'],
  ['request: pattern removed', 'request: { properties: { a: { type: string, pattern: "^a" } } }', 'request: { properties: { a: { type: string } } }', 'minor'],
  ['response: pattern removed', 'response: { properties: { a: { type: string, pattern: "^a" } } }', 'response: { properties: { a: { type: string } } }', 'major'],
  ['request: maxItems set', 'request: { properties: { a: { type: array, items: { type: string } } } }', 'request: { properties: { a: { type: array, items: { type: string }, maxItems: 3 } } }', 'major'],
  ['request: uniqueItems set', 'request: { properties: { a: { type: array, items: { type: string } } } }', 'request: { properties: { a: { type: array, items: { type: string }, uniqueItems: true } } }', 'major'],
  ['request: type of the items changed', 'request: { properties: { a: { type: array, items: { type: string } } } }', 'request: { properties: { a: { type: array, items: { type: integer } } } }', 'major'],
  ['request: not is relaxed inside, which forbids more', 'request: { properties: { a: { type: string, not: { maxLength: 3 } } } }', 'request: { properties: { a: { type: string, not: { maxLength: 5 } } } }', 'major'],
  ['response: not is tightened inside, which allows more', 'response: { properties: { a: { type: string, not: { maxLength: 5 } } } }', 'response: { properties: { a: { type: string, not: { maxLength: 3 } } } }', 'major'],

  // Alternatives
  ['request: anyOf gains an alternative', 'request: { properties: { a: { anyOf: [{ type: string }, { type: integer }] } } }', 'request: { properties: { a: { anyOf: [{ type: string }, { type: integer }, { type: boolean }] } } }', 'minor'],
  ['request: anyOf loses an alternative', 'request: { properties: { a: { anyOf: [{ type: string }, { type: integer }, { type: boolean }] } } }', 'request: { properties: { a: { anyOf: [{ type: string }, { type: integer }] } } }', 'major'],
  ['request: oneOf gains an alternative', 'request: { properties: { a: { oneOf: [{ type: string }, { type: integer }] } } }', 'request: { properties: { a: { oneOf: [{ type: string }, { type: integer }, { type: boolean }] } } }', 'minor'],
  ['request: oneOf gains a component that may overlap', 'request: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { $ref: "#/components/schemas/ROWB" }] }\nschemas: { ROWA: { type: object, required: [a], properties: { a: { type: string } } }, ROWB: { type: object, required: [b], properties: { b: { type: string } } } }', 'request: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { $ref: "#/components/schemas/ROWB" }, { $ref: "#/components/schemas/ROWC" }] }\nschemas: { ROWA: { type: object, required: [a], properties: { a: { type: string } } }, ROWB: { type: object, required: [b], properties: { b: { type: string } } }, ROWC: { type: object, required: [c], properties: { c: { type: string } } } }', 'major'],
  ['request: oneOf loses an alternative', 'request: { properties: { a: { oneOf: [{ type: string }, { type: integer }, { type: boolean }] } } }', 'request: { properties: { a: { oneOf: [{ type: string }, { type: integer }] } } }', 'major'],
  ['response: anyOf gains an alternative', 'response: { properties: { a: { anyOf: [{ type: string }, { type: integer }] } } }', 'response: { properties: { a: { anyOf: [{ type: string }, { type: integer }, { type: boolean }] } } }', 'major'],
  ['response: oneOf gains an alternative', 'response: { properties: { a: { oneOf: [{ type: string }, { type: integer }] } } }', 'response: { properties: { a: { oneOf: [{ type: string }, { type: integer }, { type: boolean }] } } }', 'major'],
  ['response: anyOf loses an alternative', 'response: { properties: { a: { anyOf: [{ type: string }, { type: integer }, { type: boolean }] } } }', 'response: { properties: { a: { anyOf: [{ type: string }, { type: integer }] } } }', 'minor'],
  ['response: oneOf that cannot overlap becomes anyOf', 'response: { properties: { a: { oneOf: [{ type: string }, { type: integer }] } } }', 'response: { properties: { a: { anyOf: [{ type: string }, { type: integer }] } } }', 'patch'],
  ['request: anyOf that cannot overlap becomes oneOf', 'request: { properties: { a: { anyOf: [{ type: string }, { type: integer }] } } }', 'request: { properties: { a: { oneOf: [{ type: string }, { type: integer }] } } }', 'patch'],
  ['request: anyOf that overlaps becomes oneOf', 'request: { properties: { a: { anyOf: [{ type: string }, { type: string, maxLength: 3 }] } } }', 'request: { properties: { a: { oneOf: [{ type: string }, { type: string, maxLength: 3 }] } } }', 'major'],
  ['request: alternatives in another order', 'request: { properties: { a: { anyOf: [{ type: string }, { type: integer }] } } }', 'request: { properties: { a: { anyOf: [{ type: integer }, { type: string }] } } }', 'none'],
  ['request: a type becomes one of two alternatives', 'request: { properties: { a: { type: string } } }', 'request: { properties: { a: { anyOf: [{ type: string }, { type: integer }] } } }', 'minor'],
  ['request: allOf gains a part', 'request: { allOf: [{ type: object, properties: { a: { type: string } } }] }', 'request: { allOf: [{ type: object, properties: { a: { type: string } } }, { type: object, required: [b], properties: { b: { type: string } } }] }', 'major'],
  ['request: allOf loses a part', 'request: { allOf: [{ type: object, properties: { a: { type: string } } }, { required: [a] }] }', 'request: { allOf: [{ type: object, properties: { a: { type: string } } }] }', 'minor'],
  ['response: allOf loses a part', 'response: { allOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } }] }', 'response: { allOf: [{ type: object, properties: { a: { type: string } } }] }', 'major'],
  ['response: allOf gains a part', 'response: { allOf: [{ type: object, properties: { a: { type: string } } }] }', 'response: { allOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } }] }', 'minor'],
  ['response: allOf is written as one object', 'response: { allOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } }] }', 'response: { type: object, properties: { a: { type: string }, b: { type: string } } }', 'patch'],
  ['response: discriminator added', 'response: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { $ref: "#/components/schemas/ROWB" }] }\nschemas: { ROWA: { type: object, required: [kind], properties: { kind: { type: string, enum: [a] } } }, ROWB: { type: object, required: [kind], properties: { kind: { type: string, enum: [b] } } } }', 'response: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { $ref: "#/components/schemas/ROWB" }], discriminator: { propertyName: kind, mapping: { a: "#/components/schemas/ROWA", b: "#/components/schemas/ROWB" } } }\nschemas: { ROWA: { type: object, required: [kind], properties: { kind: { type: string, enum: [a] } } }, ROWB: { type: object, required: [kind], properties: { kind: { type: string, enum: [b] } } } }', 'minor'],
  ['response: discriminator reads another property', 'response: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { $ref: "#/components/schemas/ROWB" }], discriminator: { propertyName: kind } }\nschemas: { ROWA: { type: object, required: [kind, sort], properties: { kind: { type: string }, sort: { type: string } } }, ROWB: { type: object, required: [kind, sort], properties: { kind: { type: string }, sort: { type: string } } } }', 'response: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { $ref: "#/components/schemas/ROWB" }], discriminator: { propertyName: sort } }\nschemas: { ROWA: { type: object, required: [kind, sort], properties: { kind: { type: string }, sort: { type: string } } }, ROWB: { type: object, required: [kind, sort], properties: { kind: { type: string }, sort: { type: string } } } }', 'major'],
  ['response: discriminator maps a value elsewhere', 'response: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { $ref: "#/components/schemas/ROWB" }], discriminator: { propertyName: k, mapping: { a: "#/components/schemas/ROWA", b: "#/components/schemas/ROWB", c: "#/components/schemas/ROWA" } } }\nschemas: { ROWA: { type: object, required: [k], properties: { k: { type: string } } }, ROWB: { type: object, required: [k], properties: { k: { type: string }, z: { type: string } } } }', 'response: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { $ref: "#/components/schemas/ROWB" }], discriminator: { propertyName: k, mapping: { a: "#/components/schemas/ROWA", b: "#/components/schemas/ROWB", c: "#/components/schemas/ROWB" } } }\nschemas: { ROWA: { type: object, required: [k], properties: { k: { type: string } } }, ROWB: { type: object, required: [k], properties: { k: { type: string }, z: { type: string } } } }', 'major'],
  ['request: fixed items in another order', 'request: { properties: { a: { type: array, prefixItems: [{ type: string }, { type: integer }] } } }', 'request: { properties: { a: { type: array, prefixItems: [{ type: integer }, { type: string }] } } }', 'major'],
  ['request: alternatives that overlap in another order', 'request: { properties: { a: { oneOf: [{ type: string, minLength: 2 }, { type: string, pattern: x }] } } }', 'request: { properties: { a: { oneOf: [{ type: string, pattern: x }, { type: string, minLength: 2 }] } } }', 'none'],
  ['response: property has another name in XML', 'content: { application/xml: { schema: { type: object, properties: { a: { type: string } } } } }', 'content: { application/xml: { schema: { type: object, properties: { a: { type: string, xml: { name: b } } } } } }', 'major'],

  // Open and closed objects
  ['request: closed', 'request: { properties: { a: { type: string } } }', 'request: { additionalProperties: false, properties: { a: { type: string } } }', 'major'],
  ['request: opened', 'request: { additionalProperties: false, properties: { a: { type: string } } }', 'request: { properties: { a: { type: string } } }', 'minor'],
  ['request: additionalProperties true written out', 'request: { properties: { a: { type: string } } }', 'request: { additionalProperties: true, properties: { a: { type: string } } }', 'patch'],
  ['response: type of additional properties changed', 'response: { properties: { a: { type: object, additionalProperties: { type: string } } } }', 'response: { properties: { a: { type: object, additionalProperties: { type: integer } } } }', 'major'],
  ['request: names of properties limited', 'request: { properties: { a: { type: string } } }', 'request: { propertyNames: { maxLength: 3 }, properties: { a: { type: string } } }', 'major'],

  // Bodies and media types
  ['request: media type added', 'body: { content: { application/json: { schema: { type: object } } } }', 'body: { content: { application/json: { schema: { type: object } }, text/plain: { schema: { type: string } } } }', 'minor'],
  ['request: media type removed', 'body: { content: { application/json: { schema: { type: object } }, text/plain: { schema: { type: string } } } }', 'body: { content: { application/json: { schema: { type: object } } } }', 'major'],
  ['request: body becomes required', 'body: { content: { application/json: { schema: { type: object } } } }', 'body: { required: true, content: { application/json: { schema: { type: object } } } }', 'major'],
  ['request: body becomes optional', 'body: { required: true, content: { application/json: { schema: { type: object } } } }', 'body: { content: { application/json: { schema: { type: object } } } }', 'minor'],
  ['request: optional body added', '{}', 'body: { content: { application/json: { schema: { type: object } } } }', 'minor'],
  ['request: required body added', '{}', 'body: { required: true, content: { application/json: { schema: { type: object } } } }', 'major'],
  ['request: required body of a component added', 'components: { requestBodies: { ROWB: { required: true, content: { application/json: { schema: { type: object } } } } } }', 'body: { $ref: "#/components/requestBodies/ROWB" }\ncomponents: { requestBodies: { ROWB: { required: true, content: { application/json: { schema: { type: object } } } } } }', 'major'],
  ['request: body removed', 'body: { content: { application/json: { schema: { type: object } } } }', '{}', 'major'],
  ['request: required false written out', 'body: { content: { application/json: { schema: { type: object } } } }', 'body: { required: false, content: { application/json: { schema: { type: object } } } }', 'patch'],
  ['response: media type with the same body added', 'content: { application/json: { schema: { type: string } } }', 'content: { application/json: { schema: { type: string } }, text/plain: { schema: { type: string } } }', 'minor'],
  ['response: media type with another body added', 'content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } }', 'content: { application/json: { schema: { type: object, properties: { a: { type: string } } } }, text/csv: { schema: { type: string } } }', 'minor', 'major'],
  ['response: media type removed', 'content: { application/json: { schema: { type: string } }, text/plain: { schema: { type: string } } }', 'content: { application/json: { schema: { type: string } } }', 'major'],
  ['response: media type renamed', 'content: { application/json: { schema: { type: string } } }', 'content: { application/vnd.x+json: { schema: { type: string } } }', 'major'],

  // Statuses
  ['error status with a known body added', 'responses: { "400": { description: No., content: { application/json: { schema: { type: string } } } } }', 'responses: { "400": { description: No., content: { application/json: { schema: { type: string } } } }, "409": { description: No., content: { application/json: { schema: { type: string } } } } }', 'minor'],
  ['error status with another body added', 'responses: { "400": { description: No., content: { application/json: { schema: { type: string } } } } }', 'responses: { "400": { description: No., content: { application/json: { schema: { type: string } } } }, "409": { description: No., content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } } }', 'minor', 'major'],
  ['success status with another body added', '{}', 'responses: { "202": { description: Later., content: { application/json: { schema: { type: object, required: [job], properties: { job: { type: string } } } } } } }', 'minor', 'major'],
  ['status removed', 'responses: { "404": { description: No. } }', '{}', 'major'],
  ['response header added', '{}', 'headers: { X-A: { description: A., schema: { type: string } } }', 'minor'],
  ['response header removed', 'headers: { X-A: { description: A., schema: { type: string } } }', '{}', 'major'],
  ['response header may be missing', 'headers: { X-A: { required: true, description: A., schema: { type: string } } }', 'headers: { X-A: { description: A., schema: { type: string } } }', 'major'],
  ['response header is always there', 'headers: { X-A: { description: A., schema: { type: string } } }', 'headers: { X-A: { required: true, description: A., schema: { type: string } } }', 'minor'],
  ['response header in other letters', 'headers: { X-A: { description: A., schema: { type: string } } }', 'headers: { x-a: { description: A., schema: { type: string } } }', 'minor', 'major'],
  ['response header: type changed', 'headers: { X-A: { description: A., schema: { type: string } } }', 'headers: { X-A: { description: A., schema: { type: integer } } }', 'major'],

  // Parameters
  ['parameter: optional added', 'parameters: []', 'parameters: [{ name: a, in: query, schema: { type: string } }]', 'minor'],
  ['parameter: required added', 'parameters: []', 'parameters: [{ name: a, in: query, required: true, schema: { type: string } }]', 'major'],
  ['parameter: first optional one added', '{}', 'parameters: [{ name: a, in: query, schema: { type: string } }]', 'minor'],
  ['parameter: first required one added, as a component', 'components: { parameters: { ROWP: { name: a, in: query, required: true, schema: { type: string } } } }', 'parameters: [{ $ref: "#/components/parameters/ROWP" }]\ncomponents: { parameters: { ROWP: { name: a, in: query, required: true, schema: { type: string } } } }', 'major'],
  ['parameter: removed', 'parameters: [{ name: a, in: query, schema: { type: string } }]', 'parameters: []', 'major'],
  ['parameter: becomes required', 'parameters: [{ name: a, in: query, schema: { type: string } }]', 'parameters: [{ name: a, in: query, required: true, schema: { type: string } }]', 'major'],
  ['parameter: becomes optional', 'parameters: [{ name: a, in: query, required: true, schema: { type: string } }]', 'parameters: [{ name: a, in: query, schema: { type: string } }]', 'minor'],
  ['parameter: stands elsewhere', 'parameters: [{ name: a, in: query, schema: { type: string } }]', 'parameters: [{ name: a, in: header, schema: { type: string } }]', 'major'],
  ['parameter: renamed', 'parameters: [{ name: a, in: query, schema: { type: string } }]', 'parameters: [{ name: b, in: query, schema: { type: string } }]', 'major'],
  ['parameter: header in other letters', 'parameters: [{ name: X-A, in: header, schema: { type: string } }]', 'parameters: [{ name: x-a, in: header, schema: { type: string } }]', 'minor', 'major'],
  ['parameter: path parameter renamed', 'path: "/ROW/{a}"\nparameters: [{ name: a, in: path, required: true, schema: { type: string } }]', 'path: "/ROW/{b}"\nparameters: [{ name: b, in: path, required: true, schema: { type: string } }]', 'minor', 'major'],
  ['parameter: type changed', 'parameters: [{ name: a, in: query, schema: { type: string } }]', 'parameters: [{ name: a, in: query, schema: { type: integer } }]', 'major'],
  ['parameter: enum value removed', 'parameters: [{ name: a, in: query, schema: { type: string, enum: [x, y] } }]', 'parameters: [{ name: a, in: query, schema: { type: string, enum: [x] } }]', 'major'],
  ['parameter: default changed', 'parameters: [{ name: a, in: query, schema: { type: string, default: x } }]', 'parameters: [{ name: a, in: query, schema: { type: string, default: y } }]', 'major'],
  ['parameter: explode changed', 'parameters: [{ name: a, in: query, schema: { type: array, items: { type: string } } }]', 'parameters: [{ name: a, in: query, explode: false, schema: { type: array, items: { type: string } } }]', 'major'],
  ['parameter: defaults written out', 'parameters: [{ name: a, in: query, schema: { type: string } }]', 'parameters: [{ name: a, in: query, required: false, style: form, explode: true, schema: { type: string } }]', 'patch'],
  ['parameter: moved to the path', 'parameters: [{ name: a, in: query, schema: { type: string } }]', 'parameters: []\nitem: { parameters: [{ name: a, in: query, schema: { type: string } }] }', 'patch', undefined, 'The engine compares the parameters of a path and of an operation apart.'],
  ['parameter: deprecated', 'parameters: [{ name: a, in: query, schema: { type: string } }]', 'parameters: [{ name: a, in: query, deprecated: true, schema: { type: string } }]', 'minor'],

  // Operations
  ['operation added', '{}', 'item: { get: { operationId: ROWGet, description: D., responses: { "200": { description: D. } } } }', 'minor'],
  ['operation removed', 'item: { get: { operationId: ROWGet, description: D., responses: { "200": { description: D. } } } }', '{}', 'major'],
  ['operation deprecated', '{}', 'operation: { deprecated: true }', 'minor'],
  ['operation renamed', 'operation: { operationId: ROW }', 'operation: { operationId: ROWNew }', 'major'],
  ['operation: text changed', 'operation: { description: Old. }', 'operation: { description: New., summary: New }', 'patch'],
  ['operation: tag changed', 'operation: { tags: [A] }', 'operation: { tags: [B] }', 'patch'],
  ['path renamed', 'path: /ROW/a', 'path: /ROW/b', 'major'],

  // What the service calls
  ['callback: body accepts more', 'operation: { callbacks: { done: { "{$request.query.to}": { post: { operationId: ROWDone, requestBody: { content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } }, responses: { "200": { description: Thanks. } } } } } } }', 'operation: { callbacks: { done: { "{$request.query.to}": { post: { operationId: ROWDone, requestBody: { content: { application/json: { schema: { type: object, properties: { a: { type: [string, integer] } } } } } }, responses: { "200": { description: Thanks. } } } } } } }', 'major'],
  ['callback: component of the body becomes nullable inside', 'operation: { callbacks: { done: { "{$request.query.to}": { post: { operationId: ROWDone, requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/ROWA" } } } }, responses: { "200": { description: Thanks. } } } } } } }\nschemas: { ROWA: { type: object, properties: { a: { type: string } } } }', 'operation: { callbacks: { done: { "{$request.query.to}": { post: { operationId: ROWDone, requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/ROWA" } } } }, responses: { "200": { description: Thanks. } } } } } } }\nschemas: { ROWA: { type: object, properties: { a: { type: [string, "null"] } } } }', 'major'],

  // Security
  ['security: added', 'security: []', 'security: [{ one: [] }]', 'major'],
  ['security: removed', 'security: [{ one: [] }]', 'security: []', 'minor'],
  ['security: alternative added', 'security: [{ one: [] }]', 'security: [{ one: [] }, { two: [] }]', 'minor'],
  ['security: alternative removed', 'security: [{ one: [] }, { two: [] }]', 'security: [{ one: [] }]', 'major'],
  ['security: made optional', 'security: [{ one: [] }]', 'security: [{ one: [] }, {}]', 'minor'],
  ['security: no longer optional', 'security: [{ one: [] }, {}]', 'security: [{ one: [] }]', 'major'],
  ['security: second credential asked for', 'security: [{ one: [] }]', 'security: [{ one: [], two: [] }]', 'major'],
  ['security: second credential no longer asked for', 'security: [{ one: [], two: [] }]', 'security: [{ one: [] }]', 'minor'],
  ['security: another scheme', 'security: [{ one: [] }]', 'security: [{ two: [] }]', 'major'],
  ['security: scope added', 'security: [{ oauth: [read] }]', 'security: [{ oauth: [read, write] }]', 'major'],
  ['security: scope less', 'security: [{ oauth: [read, write] }]', 'security: [{ oauth: [read] }]', 'minor'],
  ['security: another order', 'security: [{ one: [] }, { two: [] }]', 'security: [{ two: [] }, { one: [] }]', 'none'],
  ['security: that of the contract written out', '{}', 'security: [{ one: [] }]', 'none'],

  // Servers
  ['server: another one', 'servers: [{ url: "https://a.example" }]', 'servers: [{ url: "https://b.example" }]', 'major'],
  ['server: second one added', 'servers: [{ url: "https://a.example" }]', 'servers: [{ url: "https://a.example" }, { url: "https://b.example" }]', 'minor'],
  ['server: second one removed', 'servers: [{ url: "https://a.example" }, { url: "https://b.example" }]', 'servers: [{ url: "https://a.example" }]', 'major'],
  ['server: another first one', 'servers: [{ url: "https://a.example" }, { url: "https://b.example" }]', 'servers: [{ url: "https://b.example" }, { url: "https://a.example" }]', 'major'],
  ['server: variable with the same URL', 'servers: [{ url: "https://a.example" }]', 'servers: [{ url: "https://{host}.example", variables: { host: { default: a, enum: [a] } } }]', 'none'],
  ['server: variable that also offers others', 'servers: [{ url: "https://a.example" }]', 'servers: [{ url: "https://{host}.example", variables: { host: { default: a, enum: [a, b] } } }]', 'minor'],
  ['server: default of a variable changed', 'servers: [{ url: "https://{host}.example", variables: { host: { default: a, enum: [a, b] } } }]', 'servers: [{ url: "https://{host}.example", variables: { host: { default: b, enum: [a, b] } } }]', 'major'],
  ['server: that of the contract written out', '{}', 'servers: [{ url: "https://api.example" }]', 'none'],
  ['server: description', 'servers: [{ url: "https://a.example", description: A. }]', 'servers: [{ url: "https://a.example", description: B. }]', 'patch'],

  // Places behind references
  ['path item behind a reference: another credential', 'item: { $ref: "#/components/pathItems/ROWI" }\ncomponents: { pathItems: { ROWI: { get: { operationId: ROWGet, description: D., security: [{ one: [] }], responses: { "200": { description: D. } } } } } }', 'item: { $ref: "#/components/pathItems/ROWI" }\ncomponents: { pathItems: { ROWI: { get: { operationId: ROWGet, description: D., security: [{ two: [] }], responses: { "200": { description: D. } } } } } }', 'major'],
  ['path item behind a reference: another server', 'item: { $ref: "#/components/pathItems/ROWI" }\ncomponents: { pathItems: { ROWI: { servers: [{ url: "https://a.example" }], get: { operationId: ROWGet, description: D., responses: { "200": { description: D. } } } } } }', 'item: { $ref: "#/components/pathItems/ROWI" }\ncomponents: { pathItems: { ROWI: { servers: [{ url: "https://b.example" }], get: { operationId: ROWGet, description: D., responses: { "200": { description: D. } } } } } }', 'major'],
  ['path item behind a reference: a component that is sent and received gains a limit', 'item: { $ref: "#/components/pathItems/ROWI" }\nschemas: { ROWA: { type: string } }\ncomponents: { pathItems: { ROWI: { put: { operationId: ROWPut, description: D., requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/ROWA" } } } }, responses: { "200": { description: D., content: { application/json: { schema: { $ref: "#/components/schemas/ROWA" } } } } } } } } }', 'item: { $ref: "#/components/pathItems/ROWI" }\nschemas: { ROWA: { type: string, maxLength: 9 } }\ncomponents: { pathItems: { ROWI: { put: { operationId: ROWPut, description: D., requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/ROWA" } } } }, responses: { "200": { description: D., content: { application/json: { schema: { $ref: "#/components/schemas/ROWA" } } } } } } } } }', 'major'],
  ['path item behind a reference: written where it is used', 'item: { $ref: "#/components/pathItems/ROWI" }\ncomponents: { pathItems: { ROWI: { get: { operationId: ROWGet, description: D., responses: { "200": { description: D. } } } } } }', 'item: { get: { operationId: ROWGet, description: D., responses: { "200": { description: D. } } } }', 'none', 'major'],
  ['request: limit lowered behind a percent-encoded reference', 'request: { properties: { a: { $ref: "#/components/schemas/ROW%2DA" } } }\nschemas: { ROW-A: { type: string, maxLength: 9 } }', 'request: { properties: { a: { $ref: "#/components/schemas/ROW%2DA" } } }\nschemas: { ROW-A: { type: string, maxLength: 5 } }', 'major'],
  ['response: becomes nullable behind a percent-encoded reference', 'response: { properties: { a: { $ref: "#/components/schemas/ROW%2DA" } } }\nschemas: { ROW-A: { type: string } }', 'response: { properties: { a: { $ref: "#/components/schemas/ROW%2DA" } } }\nschemas: { ROW-A: { type: [string, "null"] } }', 'major'],
  ['response: a reference is percent-encoded', 'response: { properties: { a: { $ref: "#/components/schemas/ROW-A" } } }\nschemas: { ROW-A: { type: string } }', 'response: { properties: { a: { $ref: "#/components/schemas/ROW%2DA" } } }\nschemas: { ROW-A: { type: string } }', 'none'],

  // Enums that look open, and alternatives that overlap
  ['request: enum beside a pattern loses a value', 'request: { properties: { a: { anyOf: [{ type: string, enum: [gold, silver] }, { type: string, pattern: "^x-" }] } } }', 'request: { properties: { a: { anyOf: [{ type: string, enum: [gold] }, { type: string, pattern: "^x-" }] } } }', 'major'],
  ['response: enum beside a limit gains a value', 'response: { properties: { a: { anyOf: [{ type: string, enum: [gold] }, { type: string, maxLength: 3 }] } } }', 'response: { properties: { a: { anyOf: [{ type: string, enum: [gold, silver] }, { type: string, maxLength: 3 }] } } }', 'major'],
  ['response: enum beside a pattern gains a value that the pattern matches', 'response: { properties: { a: { anyOf: [{ type: string, enum: [gold] }, { type: string, pattern: "^x-" }] } } }', 'response: { properties: { a: { anyOf: [{ type: string, enum: [gold, x-a] }, { type: string, pattern: "^x-" }] } } }', 'minor'],
  ['request: open enum with a description loses a value', 'request: { properties: { a: { anyOf: [{ type: string, enum: [gold, silver] }, { type: string, description: Others. }] } } }', 'request: { properties: { a: { anyOf: [{ type: string, enum: [gold] }, { type: string, description: Others. }] } } }', 'minor'],
  ['request: oneOf gains an alternative that overlaps', 'request: { properties: { p: { oneOf: [{ type: object, required: [card], properties: { card: { type: string } } }, { type: object, required: [iban], properties: { iban: { type: string } } }] } } }', 'request: { properties: { p: { oneOf: [{ type: object, required: [card], properties: { card: { type: string } } }, { type: object, required: [iban], properties: { iban: { type: string } } }, { type: object, properties: { note: { type: string } } }] } } }', 'major'],
  ['request: oneOf of numbers gains one that overlaps', 'request: { properties: { a: { oneOf: [{ type: integer }, { type: string }] } } }', 'request: { properties: { a: { oneOf: [{ type: integer }, { type: string }, { type: number }] } } }', 'major'],
  ['request: alternative of a oneOf accepts more and overlaps', 'request: { properties: { p: { oneOf: [{ type: object, required: [card], properties: { card: { type: string } } }, { type: object, required: [iban], properties: { iban: { type: string } } }] } } }', 'request: { properties: { p: { oneOf: [{ type: object, properties: { card: { type: string } } }, { type: object, required: [iban], properties: { iban: { type: string } } }] } } }', 'major'],
  ['request: component in a oneOf accepts more and overlaps', 'request: { properties: { p: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { type: object, required: [b], properties: { b: { type: string } } }] } } }\nschemas: { ROWA: { type: object, required: [a], properties: { a: { type: string } } } }', 'request: { properties: { p: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { type: object, required: [b], properties: { b: { type: string } } }] } } }\nschemas: { ROWA: { type: object, properties: { a: { type: string } } } }', 'major'],
  ['response: oneOf that overlaps loses an alternative', 'response: { properties: { a: { oneOf: [{ type: number }, { type: integer }] } } }', 'response: { properties: { a: { oneOf: [{ type: number }] } } }', 'major'],
  ['request: alternatives told apart by a constant: one gains an optional property', 'request: { properties: { p: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { $ref: "#/components/schemas/ROWB" }] } } }\nschemas: { ROWA: { type: object, required: [k], properties: { k: { const: a } } }, ROWB: { type: object, required: [k], properties: { k: { const: b } } } }', 'request: { properties: { p: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { $ref: "#/components/schemas/ROWB" }] } } }\nschemas: { ROWA: { type: object, required: [k], properties: { k: { const: a }, n: { type: string } } }, ROWB: { type: object, required: [k], properties: { k: { const: b } } } }', 'minor'],
  ['request: alternatives told apart by a constant: one more', 'request: { properties: { p: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { $ref: "#/components/schemas/ROWB" }] } } }\nschemas: { ROWA: { type: object, required: [k], properties: { k: { const: a } } }, ROWB: { type: object, required: [k], properties: { k: { const: b } } } }', 'request: { properties: { m: { type: string }, p: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { $ref: "#/components/schemas/ROWB" }, { $ref: "#/components/schemas/ROWC" }] } } }\nschemas: { ROWA: { type: object, required: [k], properties: { k: { const: a } } }, ROWB: { type: object, required: [k], properties: { k: { const: b } } }, ROWC: { type: object, required: [k], properties: { k: { const: c } } } }', 'minor'],
  ['response: alternative that may overlap gains a property of its own', 'response: { oneOf: [{ type: object, required: [card], properties: { card: { type: string } } }, { type: object, required: [iban], properties: { iban: { type: string } } }] }', 'response: { oneOf: [{ type: object, required: [card], properties: { card: { type: string }, note: { type: string } } }, { type: object, required: [iban], properties: { iban: { type: string } } }] }', 'minor'],
  ['request: order of a list in a constant', 'request: { properties: { a: { const: { required: [x, y] } } } }', 'request: { properties: { a: { const: { required: [y, x] } } } }', 'major'],
  ['request: order of the members of a constant', 'request: { properties: { a: { const: { x: 1, y: 2 } } } }', 'request: { properties: { a: { const: { y: 2, x: 1 } } } }', 'none'],

  // Maps and names
  ['request: map of strings names a number', 'request: { properties: { m: { type: object, additionalProperties: { type: string } } } }', 'request: { properties: { m: { type: object, additionalProperties: { type: string }, properties: { b: { type: integer } } } } }', 'major'],
  ['response: map of strings names a number', 'response: { properties: { m: { type: object, additionalProperties: { type: string } } } }', 'response: { properties: { m: { type: object, additionalProperties: { type: string }, properties: { b: { type: integer } } } } }', 'major'],
  ['response: map of strings names a number beside another name', 'response: { properties: { m: { type: object, additionalProperties: { type: string }, properties: { a: { type: string } } } } }', 'response: { properties: { m: { type: object, additionalProperties: { type: string }, properties: { a: { type: string }, b: { type: integer } } } } }', 'major'],
  ['request: a part of an object names what another part limits', 'request: { allOf: [{ type: object, additionalProperties: { type: string } }, { properties: { a: { type: string } } }] }', 'request: { allOf: [{ type: object, additionalProperties: { type: string } }, { properties: { a: { type: string }, b: { type: integer } } }] }', 'major'],
  ['request: property added to a closed object', 'request: { properties: { m: { type: object, additionalProperties: false, properties: { a: { type: object, properties: { b: { type: string } } } } } } }', 'request: { properties: { m: { type: object, additionalProperties: false, properties: { a: { type: object, properties: { b: { type: string }, d: { type: string } } }, c: { type: string } } } } }', 'minor'],
  ['response: property added to a closed object', 'response: { properties: { m: { type: object, additionalProperties: false, properties: { a: { type: string } } } } }', 'response: { properties: { m: { type: object, additionalProperties: false, properties: { a: { type: string }, b: { type: string } } } } }', 'major'],
  ['response: header in other letters with a component of another type', 'headers: { X-A: { schema: { $ref: "#/components/schemas/ROWH" } } }\nschemas: { ROWH: { type: string } }', 'headers: { x-a: { schema: { $ref: "#/components/schemas/ROWH" } } }\nschemas: { ROWH: { type: integer } }', 'major'],
  ['parameter: two path parameters change places', 'path: "/ROW/{a}/{b}"\nparameters: [{ name: a, in: path, required: true, schema: { type: string } }, { name: b, in: path, required: true, schema: { type: integer } }]', 'path: "/ROW/{b}/{a}"\nparameters: [{ name: a, in: path, required: true, schema: { type: string } }, { name: b, in: path, required: true, schema: { type: integer } }]', 'major'],
  ['parameter: a path parameter stands where another one stood', 'path: "/ROW/{a}/{b}"\nparameters: [{ name: a, in: path, required: true, schema: { type: string } }, { name: b, in: path, required: true, schema: { type: string } }]', 'path: "/ROW/{b}/{c}"\nparameters: [{ name: b, in: path, required: true, schema: { type: string } }, { name: c, in: path, required: true, schema: { type: string } }]', 'major'],

  // What the engine does not see, beside what it sees
  ['response: fixed items in another order, and a description', 'response: { properties: { a: { type: array, prefixItems: [{ type: string }, { type: integer }] } } }', 'response: { description: New., properties: { a: { type: array, prefixItems: [{ type: integer }, { type: string }] } } }', 'major'],
  ['request: fixed items in another order, and a property', 'request: { properties: { a: { type: array, prefixItems: [{ type: string, maxLength: 5 }, { type: string, maxLength: 9 }] } } }', 'request: { properties: { n: { type: string }, a: { type: array, prefixItems: [{ type: string, maxLength: 9 }, { type: string, maxLength: 5 }] } } }', 'major'],
  ['request: fixed items of a component in another order, and a property', 'request: { $ref: "#/components/schemas/ROWA" }\nschemas: { ROWA: { type: object, properties: { a: { type: array, prefixItems: [{ type: string, maxLength: 5 }, { type: string, maxLength: 9 }] } } } }', 'request: { $ref: "#/components/schemas/ROWA" }\nschemas: { ROWA: { type: object, properties: { n: { type: string }, a: { type: array, prefixItems: [{ type: string, maxLength: 9 }, { type: string, maxLength: 5 }] } } } }', 'major'],
  ['request: discriminator maps values the other way round, and a description', 'request: { oneOf: [{ $ref: "#/components/schemas/ROWA" }, { $ref: "#/components/schemas/ROWB" }], discriminator: { propertyName: k, mapping: { a: "#/components/schemas/ROWA", b: "#/components/schemas/ROWB" } } }\nschemas: { ROWA: { type: object, required: [k], properties: { k: { type: string } } }, ROWB: { type: object, required: [k], properties: { k: { type: string } } } }', 'request: { description: New., oneOf: [{ $ref: "#/components/schemas/ROWA" }, { $ref: "#/components/schemas/ROWB" }], discriminator: { propertyName: k, mapping: { a: "#/components/schemas/ROWB", b: "#/components/schemas/ROWA" } } }\nschemas: { ROWA: { type: object, required: [k], properties: { k: { type: string } } }, ROWB: { type: object, required: [k], properties: { k: { type: string } } } }', 'major'],
  ['callback: fixed items in another order', 'operation: { callbacks: { done: { "{$request.query.to}": { post: { operationId: ROWDone, requestBody: { content: { application/json: { schema: { type: array, prefixItems: [{ type: string }, { type: integer }] } } } }, responses: { "200": { description: Thanks. } } } } } } }', 'operation: { callbacks: { done: { "{$request.query.to}": { post: { operationId: ROWDone, requestBody: { content: { application/json: { schema: { type: array, prefixItems: [{ type: integer }, { type: string }] } } } }, responses: { "200": { description: Thanks. } } } } } } }', 'major'],
  ['request: property added and limit raised, both seen', 'request: { properties: { a: { type: string, maxLength: 5 } } }', 'request: { properties: { a: { type: string, maxLength: 9 }, b: { type: integer } } }', 'minor'],
  ['request: component written out for one of its uses, which accepts more', 'request: { properties: { a: { $ref: "#/components/schemas/ROWA" }, b: { $ref: "#/components/schemas/ROWA" } } }\nschemas: { ROWA: { type: string, maxLength: 5 } }', 'request: { properties: { a: { type: string, maxLength: 9 }, b: { $ref: "#/components/schemas/ROWA" } } }\nschemas: { ROWA: { type: string, maxLength: 5 } }', 'minor'],
  ['response: link passes other values', 'responses: { "201": { description: D., links: { next: { operationId: ROW, parameters: { a: "$response.body#/a" } } } } }', 'responses: { "201": { description: D., links: { next: { operationId: ROW, parameters: { a: "$response.body#/b" } } } } }', 'major'],
  ['response: link is described', 'responses: { "201": { description: D., links: { next: { operationId: ROW } } } }', 'responses: { "201": { description: D., links: { next: { operationId: ROW, description: Next. } } } }', 'patch'],
  ['response: written out, while its component means something else to a new operation', 'response: { $ref: "#/components/schemas/ROWA" }\nschemas: { ROWA: { type: object, properties: { b: { type: string } } } }', 'response: { properties: { b: { type: string } } }\nschemas: { ROWA: { type: object, properties: { b: { type: integer } } } }\nitem: { get: { operationId: ROWGet, description: D., responses: { "200": { description: D., content: { application/json: { schema: { $ref: "#/components/schemas/ROWA" } } } } } } }', 'minor', 'major'],
  ['response: written out, while its component gains a property for a new operation', 'response: { $ref: "#/components/schemas/ROWA" }\nschemas: { ROWA: { type: object, properties: { b: { type: string } } } }', 'response: { properties: { b: { type: string } } }\nschemas: { ROWA: { type: object, properties: { b: { type: string }, c: { type: integer } } } }\nitem: { get: { operationId: ROWGet, description: D., responses: { "200": { description: D., content: { application/json: { schema: { $ref: "#/components/schemas/ROWA" } } } } } } }', 'minor'],
  ['response: first fixed item accepts what the second one accepts', 'response: { properties: { a: { type: array, prefixItems: [{ type: string }, { type: [string, "null"] }] } } }', 'response: { properties: { a: { type: array, prefixItems: [{ type: [string, "null"] }, { type: [string, "null"] }] } } }', 'major'],
  ['response: alternatives told apart by a constant: one gains what another one has', 'response: { oneOf: [{ type: object, required: [k], properties: { k: { const: a }, n: { type: string } } }, { type: object, required: [k], properties: { k: { const: b } } }] }', 'response: { oneOf: [{ type: object, required: [k], properties: { k: { const: a }, n: { type: string } } }, { type: object, required: [k], properties: { k: { const: b }, n: { type: integer } } }] }', 'minor'],
  ['response: property added to an object whose other members may be anything', 'response: { properties: { m: { type: object, additionalProperties: {} } } }', 'response: { properties: { m: { type: object, additionalProperties: {}, properties: { b: { type: integer } } } } }', 'minor'],
  ['request: constant becomes an object', 'request: { properties: { a: { const: abc } } }', 'request: { properties: { a: { const: { x: [a] } } } }', 'major'],
  ['request: constant becomes an object, and a property', 'request: { properties: { a: { const: abc } } }', 'request: { properties: { a: { const: { x: [a] } }, b: { type: string } } }', 'major'],

  // Text
  ['description of a property', 'response: { properties: { a: { type: string } } }', 'response: { properties: { a: { type: string, description: A. } } }', 'patch'],
  ['title and example', 'response: { properties: { a: { type: string } } }', 'response: { title: T, properties: { a: { type: string, examples: [x] } } }', 'patch'],
  ['extension', 'response: { properties: { a: { type: string } } }', 'response: { x-a: 1, properties: { a: { type: string } } }', 'patch'],
  ['order of properties', 'response: { properties: { a: { type: string }, b: { type: string } } }', 'response: { properties: { b: { type: string }, a: { type: string } } }', 'none'],
  ['order of required', 'request: { required: [a, b], properties: { a: { type: string }, b: { type: string } } }', 'request: { required: [b, a], properties: { a: { type: string }, b: { type: string } } }', 'patch'],
  ['order of an enum', 'request: { properties: { a: { enum: [x, y] } } }', 'request: { properties: { a: { enum: [y, x] } } }', 'patch'],
];

export const pairs: readonly Pair[] = table.map(([name, before, after, level, client, tooHigh]) => ({
  name,
  before,
  after,
  level,
  ...(client && { client }),
  ...(tooHigh && { tooHigh }),
}));
