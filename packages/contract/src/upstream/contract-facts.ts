import {
  type HeaderObject,
  type Located,
  type LocatedOperation,
  type OpenApiDocument,
  operationsIn,
  type ParameterObject,
  pointerTo,
  type ResponseObject,
  resolved,
  within,
} from '../document.ts';
import type { Schema } from '../schema.ts';
import { gradeOf, membersIn, type Traits, traitsOf } from './members.ts';
import { type Subject, subjectKey } from './subject.ts';

/** Something that the contract says, in the words of the records. */
export interface ContractFact {
  readonly subject: Subject;
  readonly pointer: string;
  readonly evidence: string;
  readonly traits: Traits;
  /** Where what lies within it is described: the schema of an object, the responses of an operation. */
  readonly inner: string;
}

/** Everything that a contract says and that needs a record, by its subject. */
export function contractFacts(document: OpenApiDocument): ReadonlyMap<string, ContractFact> {
  const facts = [
    ...serviceFacts(document),
    ...scopeFacts(document),
    ...operationsIn(document).flatMap((operation) => [
      ...requestFacts(document, operation),
      ...responseFacts(document, operation),
    ]),
  ];
  return new Map(facts.map((fact) => [subjectKey(fact.subject), fact]));
}

function serviceFacts({ servers = [], components }: OpenApiDocument): ContractFact[] {
  const schemes = Object.entries(components.securitySchemes ?? {});
  return [
    ...servers.map(({ url }, index) => ({
      subject: { kind: 'server' as const, name: url },
      ...place(pointerTo('#', 'servers', index)),
      evidence: 'D',
      traits: {},
    })),
    ...schemes.map(([name, scheme]) => ({
      subject: { kind: 'credential' as const, name },
      ...place(pointerTo('#', 'components', 'securitySchemes', name)),
      evidence: gradeOf(scheme['x-evidence']),
      traits: { scheme: describeScheme(scheme as Readonly<Record<string, unknown>>) },
    })),
  ];
}

function describeScheme({ type, scheme, in: location, name }: Readonly<Record<string, unknown>>): string {
  return type === 'http' ? `http ${scheme}` : `${type} ${location} ${name}`;
}

/** The scopes are the known values of the schema that is named after them. */
function scopeFacts({ components }: OpenApiDocument): ContractFact[] {
  const { Scope } = components.schemas;
  const pointer = pointerTo('#', 'components', 'schemas', 'Scope');
  return (Scope?.anyOf ?? []).flatMap((branch, index) =>
    (branch.enum ?? []).map((value, position) => ({
      subject: { kind: 'scope' as const, name: String(value) },
      ...place(pointerTo(pointer, 'anyOf', index, 'enum', position)),
      evidence: gradeOf(Scope?.['x-evidence']),
      traits: {},
    })),
  );
}

function requestFacts(document: OpenApiDocument, operation: LocatedOperation): ContractFact[] {
  const { id, method, path, node, pointer } = operation;
  const credentials = (node.security ?? document.security ?? []).flatMap((scheme) => Object.keys(scheme));
  const request: ContractFact = {
    subject: { kind: 'operation', operation: id },
    pointer,
    inner: pointer,
    evidence: gradeOf(node['x-evidence']),
    traits: { request: `${method} ${path}`, credentials },
  };
  const parameters = (node.parameters ?? []).map((parameter, index) => {
    const found = resolved<ParameterObject>(document, within(operation, parameter, 'parameters', index));
    const { name, in: location, required = false, schema } = found.node;
    return {
      subject: { kind: 'parameter' as const, operation: id, in: location, name },
      ...place(found.pointer),
      evidence: gradeOf(found.node['x-evidence']),
      traits: { ...traitsOf(document, within(found, schema, 'schema')), required },
    };
  });
  const bodies = Object.entries(node.requestBody?.content ?? {}).flatMap(([media, { schema }]) => {
    const at = within(operation, schema, 'requestBody', 'content', media);
    const body: ContractFact = {
      subject: { kind: 'body', operation: id, name: media },
      ...place(at.pointer),
      evidence: 'D',
      traits: {},
    };
    if (!schema) return [body];
    const members = membersIn(document, { node: schema, pointer: pointerTo(at.pointer, 'schema') });
    return [
      body,
      ...members.map(({ path, ...rest }) => ({
        subject: { kind: 'sent' as const, operation: id, name: path },
        ...rest,
      })),
    ];
  });
  return [request, ...parameters, ...bodies];
}

function responseFacts(document: OpenApiDocument, operation: LocatedOperation): ContractFact[] {
  const { id } = operation;
  return Object.entries(operation.node.responses).flatMap(([status, node]) => {
    const response = resolved<ResponseObject>(document, within(operation, node, 'responses', status));
    const { headers = {}, content = {} } = response.node;
    const media = Object.entries(content);
    const ofResponse = { operation: id, status };
    const fact: ContractFact = {
      subject: { kind: 'response', ...ofResponse },
      ...place(response.pointer),
      evidence: gradeOf(response.node['x-evidence']),
      traits: { media: media.map(([type]) => type) },
    };
    const headerFacts = Object.entries(headers).map(([name, header]) => {
      const found = resolved<HeaderObject>(document, within(response, header, 'headers', name));
      const traits = traitsOf(document, within(found, found.node.schema, 'schema'));
      return {
        subject: { kind: 'header' as const, ...ofResponse, name },
        ...place(found.pointer),
        evidence: gradeOf(found.node['x-evidence']),
        traits: { ...traits, required: found.node.required ?? false },
      };
    });
    const fields = media.flatMap(([type, { schema }]) =>
      schema ? membersIn(document, bodySchema(response, schema, type)) : [],
    );
    return [
      fact,
      ...headerFacts,
      ...fields.map(({ path, ...rest }) => ({
        subject: { kind: 'field' as const, ...ofResponse, name: path },
        ...rest,
      })),
    ];
  });
}

const bodySchema = (response: Located<unknown>, schema: Schema, media: string): Located<Schema> =>
  within(response, schema, 'content', media, 'schema');

const place = (pointer: string) => ({ pointer, inner: pointer });
