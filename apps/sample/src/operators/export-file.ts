import { stringify } from 'csv-stringify/sync';
import { dataNames } from '../scopes.ts';
import type { SharedItem } from '../session.ts';

/** One confirmed decision in a file. */
export interface ExportRow {
  readonly session_id: string;
  readonly reference: string;
  /** ISO 8601. */
  readonly confirmed_at: string;
  readonly items: readonly SharedItem[];
}

export const exportFormats = {
  csv: { label: 'CSV', type: 'text/csv; charset=utf-8', text: csvOf },
  ndjson: { label: 'NDJSON', type: 'application/x-ndjson; charset=utf-8', text: ndjsonOf },
} as const;

export type ExportFormat = keyof typeof exportFormats;

export function isExportFormat(value: unknown): value is ExportFormat {
  return typeof value === 'string' && Object.hasOwn(exportFormats, value);
}

/** Two columns for each kind of data: what was shared, and whether Didit has verified it. */
function csvOf(rows: Iterable<ExportRow>): string {
  const columns = [
    'session_id',
    'reference',
    'confirmed_at',
    ...dataNames.flatMap((name) => [name, `${name}_verification`]),
  ];
  const records = Array.from(rows, ({ items, ...row }) => ({
    ...row,
    reference: tame(row.reference),
    ...Object.fromEntries(
      items.flatMap(({ name, value, verification }) => [
        [name, tame(value)],
        [`${name}_verification`, verification],
      ]),
    ),
  }));
  // A spreadsheet takes what begins with =, +, - or @ for a formula: a quote before it makes it text.
  return stringify(records, { header: true, columns, escape_formulas: true, record_delimiter: 'windows', bom: true });
}

/** Where the list separator is another one, a spreadsheet finds a cell, and so a formula, in the middle of a text. */
function tame(text: string): string {
  return text.replaceAll(/([;\t]\s*)(?=[=+\-@])/g, "$1'");
}

function ndjsonOf(rows: Iterable<ExportRow>): string {
  return Array.from(rows, ({ items, ...row }) => {
    const data = items.map(({ name, value, verification }) => [name, { value, verification }]);
    return `${JSON.stringify({ ...row, data: Object.fromEntries(data) })}\n`;
  }).join('');
}
