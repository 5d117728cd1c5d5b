import type { ContractReport } from '@didit-data/client/report';
import { Ajv } from 'ajv';
import {
  isJson,
  type Located,
  type OpenApiDocument,
  operationsIn,
  pointerTo,
  resolved,
  segmentsOf,
  within,
} from '../document.ts';
import type { OpenApiContract } from '../load-openapi.ts';
import type { Schema } from '../schema.ts';
import { documentedResponse } from './check-response.ts';
import type { DeviationKind } from './deviation.ts';
import type { VerifyReport } from './report.ts';
import { VerifyError } from './verify-error.ts';

/**
 * Finds the places in the contract for a report that the client's `onValidation` hook has written.
 *
 * @throws {VerifyError} when the text is no such report, or one of another version of the contract
 */
export function locateTraffic({ document, locate }: OpenApiContract, text: string): VerifyReport {
  const { contractVersion, deviations } = parseReport(text);
  if (contractVersion !== document.info.version) {
    throw new VerifyError(
      `The report is of contract ${contractVersion}, and this one is ${document.info.version}. ` +
        `Check out version ${contractVersion} to find its places`,
    );
  }
  return {
    contractVersion,
    replayed: [],
    withoutSuccess: [],
    deviations: deviations.map((deviation) => ({ ...deviation, contract: locate(ruleOf(document, deviation)) })),
    notes: [],
    failures: [],
  };
}

const text = { type: 'string', minLength: 1 };
const isReport = new Ajv({ strict: true }).compile<ContractReport>({
  type: 'object',
  required: ['contractVersion', 'deviations'],
  properties: {
    contractVersion: text,
    deviations: {
      type: 'array',
      items: {
        type: 'object',
        required: ['operation', 'status', 'kind', 'at', 'message', 'times'],
        properties: {
          operation: text,
          status: { type: 'integer' },
          kind: { enum: ['missing-member', 'wrong-type', 'wrong-value'] },
          at: { type: 'string' },
          message: text,
          times: { type: 'integer', minimum: 1 },
        },
      },
    },
  },
});

function parseReport(json: string): ContractReport {
  let report: unknown;
  try {
    report = JSON.parse(json);
  } catch {
    throw new VerifyError('The report is no JSON. Write it with JSON.stringify of createContractReport()');
  }
  if (isReport(report)) return report;
  const [error] = isReport.errors ?? [];
  throw new VerifyError(`The report is none of the client's: ${error?.instancePath} ${error?.message}`);
}

interface Rule {
  readonly operation: string;
  readonly status: number;
  readonly kind: DeviationKind;
  readonly at: string;
}

/** The pointer to the rule, or to the nearest place above it that there is. */
function ruleOf(document: OpenApiDocument, { operation: id, status, kind, at }: Rule): string {
  const operation = operationsIn(document).find((candidate) => candidate.id === id);
  if (!operation) return '#/paths';
  const documented = documentedResponse(operation, status);
  if (!documented) return pointerTo(operation.pointer, 'responses');
  const response = resolved(document, documented);
  const { content = {} } = response.node;
  const type = Object.keys(content).find(isJson) ?? '';
  const schema = content[type]?.schema;
  if (!schema) return response.pointer;

  const path = segmentsOf(at);
  const owner = kind === 'missing-member' ? path.slice(0, -1) : path;
  let place = within<Schema>(response, schema, 'content', type, 'schema');
  for (const name of owner) place = memberOf(document, place, name) ?? place;
  return keywordOf(document, place, kind);
}

/** The schema of a member, through references and choices. */
function memberOf(document: OpenApiDocument, schema: Located<Schema>, name: string): Located<Schema> | undefined {
  const { node, pointer } = resolved(document, schema);
  const here = { node, pointer };
  const members = (node.properties ?? {}) as Readonly<Record<string, Schema>>;
  const member = Object.hasOwn(members, name) ? members[name] : undefined;
  if (member) return within(here, member, 'properties', name);
  if (/^\d+$/.test(name) && typeof node.items === 'object') return within(here, node.items as Schema, 'items');
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    for (const [index, branch] of ((node[keyword] ?? []) as Schema[]).entries()) {
      const found = memberOf(document, within(here, branch, keyword, index), name);
      if (found) return found;
    }
  }
  return undefined;
}

function keywordOf(document: OpenApiDocument, schema: Located<Schema>, kind: DeviationKind): string {
  const { node, pointer } = resolved(document, schema);
  if (kind === 'wrong-value') return pointer;
  const keyword = kind === 'missing-member' ? 'required' : 'type';
  if (node[keyword] !== undefined) return pointerTo(pointer, keyword);
  const [branch] = (node.anyOf ?? []).map((choice, index) => within({ node, pointer }, choice, 'anyOf', index));
  const isNullable = node.anyOf?.length === 2 && node.anyOf[1]?.type === 'null';
  if (kind === 'missing-member' && branch && isNullable) return keywordOf(document, branch, kind);
  return node.anyOf ? pointerTo(pointer, 'anyOf') : pointer;
}
