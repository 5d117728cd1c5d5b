import { randomUUID } from 'node:crypto';
import { MIMEType } from 'node:util';
import type { IHttpOperationConfig } from '#prism-http';
import { type Operation, operationName } from '../contract/load.ts';
import { type Answer, refuse } from '../http/message.ts';

const names = ['code', 'example', 'dynamic', 'seed'] as const;

/** What a `Prefer` header requests from Prism's mocker. */
export type Preference = Partial<Record<(typeof names)[number], string>>;

const item = /([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s,;"]*))/g;

/** Reads `Prefer: code=503, example=message`. Returns `undefined` when nothing in it is meant for a mock. */
export function parsePrefer(header: string | undefined): Preference | undefined {
  if (!header) return undefined;
  const preference: Preference = {};
  for (const [, name = '', quoted, bare] of header.matchAll(item)) {
    const known = names.find((candidate) => candidate === name.toLowerCase());
    if (known) preference[known] = quoted ?? bare ?? '';
  }
  return Object.keys(preference).length > 0 ? preference : undefined;
}

/** Whether the operation documents this status: by the code itself, its range, or `default`. */
export function documents(operation: Operation, status: number): boolean {
  return responseFor(operation, String(status)) !== undefined;
}

export interface Negotiation {
  /** For one call only, because Prism writes into it. */
  readonly config: IHttpOperationConfig;
  /** The status that Prism must answer. Prism would silently fall back to another one. */
  readonly status: number | undefined;
}

/** The contract's answer of this status. */
export function documentedAnswer(operation: Operation, status: number): Negotiation | undefined {
  if (!documents(operation, status)) return undefined;
  const negotiation = negotiate(operation, { code: String(status) }, undefined);
  return 'config' in negotiation ? negotiation : undefined;
}

/**
 * Converts a preference into Prism's configuration, or refuses it when the contract has no such answer. Without a
 * preference there is always an answer, also when `Accept` requests another media type.
 */
export function negotiate(
  operation: Operation,
  preference: Preference | undefined,
  accept: string | undefined,
): Negotiation | Answer {
  const { code, example, dynamic, seed } = preference ?? {};
  const name = operationName(operation);
  const response = code === undefined || /^[1-5]\d\d$/.test(code) ? responseFor(operation, code) : undefined;
  if (!response) {
    const known = operation.responses.map((known) => known.code).join(', ');
    return refuse(400, `Prefer: the contract has no ${code ?? 'success'} answer for ${name}. It has: ${known}.`);
  }
  if (dynamic !== undefined && dynamic !== 'true' && dynamic !== 'false') {
    return refuse(400, 'Prefer: dynamic must be true or false.');
  }
  let mediaTypes = acceptable(accept);
  const contents = response.contents ?? [];
  if (example !== undefined) {
    // Prism would search the example only under the first acceptable media type.
    const content = contents.find(({ examples = [] }) => examples.some(({ key }) => key === example));
    if (!content) {
      const known = contents.flatMap(({ examples = [] }) => examples.map(({ key }) => key)).join(', ');
      return refuse(400, `Prefer: ${name} ${response.code} has no example "${example}". It has: ${known}.`);
    }
    mediaTypes = [content.mediaType];
  } else if (!contents.some(({ mediaType }) => isAcceptable(mediaType, mediaTypes))) {
    const isRefused = preference !== undefined && mediaTypes.length > 0 && contents.length > 0;
    mediaTypes = [];
    if (isRefused) {
      const known = contents.map(({ mediaType }) => mediaType).join(', ');
      return refuse(400, `Prefer: ${name} ${response.code} has no media type that Accept allows. It has: ${known}.`);
    }
  }
  const config: IHttpOperationConfig = {
    dynamic: dynamic === 'true',
    // Without a seed, Prism would use the one of an earlier call.
    seed: seed ?? randomUUID(),
    ...(code !== undefined && { code: Number(code) }),
    ...(example !== undefined && { exampleKey: example }),
    ...(mediaTypes.length > 0 && { mediaTypes }),
  };
  return { config, status: code === undefined ? undefined : Number(code) };
}

function acceptable(accept: string | undefined): string[] {
  return (accept ?? '').split(',').filter((type) => {
    try {
      return new MIMEType(type).essence !== '';
    } catch {
      return false;
    }
  });
}

function isAcceptable(mediaType: string, ranges: readonly string[]): boolean {
  return ranges.some((range) => {
    const { type, subtype, essence } = new MIMEType(range);
    const [wanted = ''] = mediaType.toLowerCase().split(';', 1);
    return type === '*' || essence === wanted.trim() || (subtype === '*' && wanted.startsWith(`${type}/`));
  });
}

function responseFor(operation: Operation, code: string | undefined): Operation['responses'][number] | undefined {
  const { responses } = operation;
  const byCode = (wanted: string) => responses.find((response) => response.code === wanted);
  if (code !== undefined) return byCode(code) ?? byCode(`${code.charAt(0)}XX`) ?? byCode('default');
  const sorted = [...responses].sort((a, b) => a.code.localeCompare(b.code));
  return sorted.find((response) => response.code.startsWith('2')) ?? byCode('default') ?? responses[0];
}
