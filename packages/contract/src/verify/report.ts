import { linkTo } from '../document/locate.ts';
import type { Deviation } from './deviation.ts';

/** A deviation, and how often it occurred. */
export type CountedDeviation = Deviation & { readonly times: number };

export interface ReplayedRequest {
  readonly operation: string;
  readonly request: string;
  readonly status: number;
}

export interface UnseenOperation {
  readonly operation: string;
  readonly why: string;
}

/**
 * What a run has found. It holds no credential, token, session or value of a body, so that it can be passed on. Names
 * of members are shown, unless they look like values.
 */
export interface VerifyReport {
  /** Version of the contract that the server was checked against. */
  readonly contractVersion: string;
  /** Scheme, host and port of the server. */
  readonly server: string;
  readonly replayed: readonly ReplayedRequest[];
  /** Operations that no request succeeded for, each with the reason. */
  readonly withoutSuccess: readonly UnseenOperation[];
  readonly deviations: readonly CountedDeviation[];
  /** What the contract allows and yet is worth knowing. */
  readonly notes: readonly CountedDeviation[];
  /** Why the run is not complete, and what to do; sentences. */
  readonly failures: readonly string[];
}

/** Counts deviations that differ in the request alone as one. */
export function counted(deviations: readonly Deviation[]): CountedDeviation[] {
  const groups = Map.groupBy(deviations, ({ operation, status, kind, at, message, contract }) =>
    JSON.stringify([operation, status, kind, at, message, contract.pointer]),
  );
  return [...groups.values()].flatMap(([first, ...more]) => (first ? [{ ...first, times: 1 + more.length }] : []));
}

/** 0: no deviations. 1: deviations. 2: no deviations, but the run is not complete. */
export function exitCodeOf({ deviations, failures }: VerifyReport): 0 | 1 | 2 {
  if (deviations.length > 0) return 1;
  return failures.length > 0 ? 2 : 0;
}

/** The report as text, without the failures. */
export function formatReport(report: VerifyReport): string {
  const { contractVersion, server, replayed, withoutSuccess, deviations, notes } = report;
  const sections = [
    deviations.map(formatDeviation).join('\n'),
    section('Allowed by the contract, and worth knowing', notes.map(formatLine)),
    section(
      'Not seen to succeed',
      withoutSuccess.map(({ operation, why }) => `${operation}: ${why}`),
    ),
    `${deviations.length} deviation${deviations.length === 1 ? '' : 's'} from contract ${contractVersion}` +
      ` in ${replayed.length} answers of ${server}.`,
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function formatDeviation(deviation: CountedDeviation): string {
  const { contract, excerpt, request } = deviation;
  const details = [
    `  contract: ${linkTo(contract)} ${contract.pointer}`,
    ...(excerpt === undefined ? [] : [`  around:   ${excerpt}`]),
    `  asked:    ${request}`,
  ];
  return [formatLine(deviation), ...details].join('\n');
}

function formatLine({ operation, status, at, message, kind, times }: CountedDeviation): string {
  const place = at === '' ? '' : ` ${at}`;
  return `${operation} ${status}${place}: ${message} (${kind})${times > 1 ? `, ${times} times` : ''}`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
