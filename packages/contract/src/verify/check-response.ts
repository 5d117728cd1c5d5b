import {
  isJson,
  type Located,
  type LocatedOperation,
  type MediaTypeObject,
  type OpenApiDocument,
  type ResponseObject,
  resolved,
  within,
} from '../document/document.ts';
import type { Locate } from '../document/locate.ts';
import { pointerTo } from '../document/pointer.ts';
import { type BodyFinding, createBodyCheck } from './check-body.ts';
import { findHeaders } from './check-headers.ts';
import type { Deviation, Finding, Findings, RequestFacts, ResponseFacts } from './deviation.ts';
import { safeMediaType, safePointer, shapeOf } from './redact.ts';

/** Checks an answer against what the contract says about the operation. */
export type CheckResponse = (operation: LocatedOperation, request: RequestFacts, response: ResponseFacts) => Findings;

/** Makes the check of a contract. */
export function createResponseCheck(document: OpenApiDocument, locate: Locate): CheckResponse {
  const checkBody = createBodyCheck(document);

  return (operation, request, response) => {
    const located = ({ kind, pointer, message, at = '', excerpt }: Finding): Deviation => ({
      operation: operation.id,
      status: response.status,
      kind,
      at,
      message,
      contract: locate(pointer),
      request: request.title,
      ...(excerpt !== undefined && { excerpt }),
    });
    const unexpected = findUnexpectedStatus(operation, request, response);
    const documented = documentedResponse(operation, response.status);
    if (!documented) {
      return { deviations: [...unexpected, undocumentedStatus(operation, response)].map(located), notes: [] };
    }
    const responseObject = resolved(document, documented);
    const { missing, notes } = findHeaders(document, responseObject, response.headers, checkBody);
    const body = findInBody(responseObject, response, checkBody);
    return {
      deviations: [...unexpected, ...missing, ...body].map(located),
      notes: isRange(documented.pointer) ? [] : notes.map(located),
    };
  };
}

/** Whether a status is among those listed, exactly or by its range. */
export function isAmong(status: number, expected: readonly string[]): boolean {
  return expected.includes(String(status)) || expected.includes(`${Math.floor(status / 100)}XX`);
}

/**
 * A busy or broken service says nothing about the request. Whether the contract documents the status is checked apart.
 */
export function isInconclusive(status: number): boolean {
  return status === 429 || status >= 500;
}

/** The most findings that are reported for one body. */
const mostFindings = 100;

/** The documented response of a status: of the status itself, of its range (`5XX`), or `default`. */
function documentedResponse(operation: LocatedOperation, status: number): Located<ResponseObject> | undefined {
  const { responses } = operation.node;
  const key = [String(status), `${Math.floor(status / 100)}XX`, 'default'].find((name) =>
    Object.hasOwn(responses, name),
  );
  return key === undefined ? undefined : within(operation, responses[key] as ResponseObject, 'responses', key);
}

/** Whether a response documents several statuses, so that its headers need not be in each. */
function isRange(pointer: string): boolean {
  return /\/(\dXX|default)$/.test(pointer);
}

function findUnexpectedStatus(
  operation: LocatedOperation,
  request: RequestFacts,
  { status }: ResponseFacts,
): Finding[] {
  const { expected, title } = request;
  if (!expected || isAmong(status, expected) || isInconclusive(status)) return [];
  if (!documentedResponse(operation, status)) return [];
  const [first = ''] = expected.filter((key) => Object.hasOwn(operation.node.responses, key));
  const pointer = pointerTo(operation.pointer, 'responses', ...(first ? [first] : []));
  return [{ kind: 'unexpected-status', pointer, message: `must be ${expected.join(' or ')} ${title}, is ${status}` }];
}

function undocumentedStatus(operation: LocatedOperation, { status }: ResponseFacts): Finding {
  const known = Object.keys(operation.node.responses).join(', ');
  const message = `${status} is not in the contract, which has ${known}`;
  return { kind: 'undocumented-status', pointer: pointerTo(operation.pointer, 'responses'), message };
}

function findInBody(
  response: Located<ResponseObject>,
  facts: ResponseFacts,
  checkBody: ReturnType<typeof createBodyCheck>,
) {
  const { body, headers } = facts;
  const { content = {} } = response.node;
  const known = Object.keys(content);
  const said = safeMediaType(headers.get('content-type'));
  const pointer = pointerTo(response.pointer, 'content');
  if (known.length === 0) {
    const message = `has a body of ${body.byteLength} bytes, and the contract documents none`;
    return body.byteLength === 0 ? [] : [{ kind: 'undocumented-body' as const, pointer: response.pointer, message }];
  }
  if (body.byteLength === 0) {
    // An empty body is a valid text.
    if (known.some((type) => type.startsWith('text/') && said !== 'application/json')) return [];
    return [{ kind: 'empty-body' as const, pointer, message: `is empty, must be ${known.join(' or ')}` }];
  }

  const found: Finding[] = [];
  const media = known.find((type) => matches(type, said)) ?? known.find(isJson);
  if (!known.some((type) => matches(type, said))) {
    const at = 'Content-Type';
    found.push({ kind: 'wrong-content-type', at, pointer, message: `must be ${known.join(' or ')}, is ${said}` });
  }
  if (media === undefined || !isJson(media)) return found;
  return [
    ...found,
    ...findInJson(
      within(response, content[media] as MediaTypeObject, 'content', media),
      body,
      checkBody,
      found.length > 0,
    ),
  ];
}

function findInJson(
  { node, pointer }: Located<MediaTypeObject>,
  bytes: Uint8Array,
  checkBody: ReturnType<typeof createBodyCheck>,
  isMislabelled: boolean,
): Finding[] {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // A wrong content type has been reported already.
    if (isMislabelled) return [];
    return [{ kind: 'not-json', pointer, message: `is not JSON in UTF-8; it has ${bytes.byteLength} bytes` }];
  }
  if (!node.schema) return [];
  const all = checkBody({ node: node.schema, pointer: pointerTo(pointer, 'schema') }, body);
  const shapes = new Map<unknown, string>();
  const [first] = all;
  const listed = all.slice(0, mostFindings).map((finding) => shown(finding, body, shapes));
  if (first && all.length > mostFindings) {
    const message = `there are ${all.length - mostFindings} more deviations in this body`;
    listed.push({ kind: first.kind, at: '', pointer: pointerTo(pointer, 'schema'), message });
  }
  return listed;
}

/** A finding with the names and types around it. */
function shown({ kind, at, message, pointer }: BodyFinding, body: unknown, shapes: Map<unknown, string>): Finding {
  let around = body;
  for (const segment of at.slice(0, -1)) around = Reflect.get(around as object, segment);
  const excerpt = shapes.get(around) ?? shapeOf(around);
  shapes.set(around, excerpt);
  return { kind, at: safePointer(at), message, pointer, excerpt };
}

function matches(documented: string, said: string): boolean {
  const [type = '', subtype = ''] = documented.toLowerCase().split(/[/;]/);
  const [saidType, saidSubtype] = said.split('/');
  return (type === '*' || type === saidType) && (subtype === '*' || subtype === saidSubtype);
}
