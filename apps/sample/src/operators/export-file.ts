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

/**
 * Two columns for each kind of data: what was shared, and whether Didit has verified it.
 *
 * @param isBeginning whether these rows are the first of the file: before them come the names of the columns
 */
function csvOf(rows: Iterable<ExportRow>, isBeginning = true): string {
  const columns = [
    'session_id',
    'reference',
    'confirmed_at',
    ...dataNames.flatMap((name) => [name, `${name}_verification`]),
  ];
  const records = Array.from(rows, ({ items, ...row }) => ({
    ...row,
    ...Object.fromEntries(
      items.flatMap(({ name, value, verification }) => [
        [name, value],
        [`${name}_verification`, verification],
      ]),
    ),
  }));
  return stringify(records, {
    header: isBeginning,
    columns,
    cast: { string: tame },
    escape_formulas: true,
    record_delimiter: 'windows',
    quote_record_delimiter: true, // with a delimiter of its own, a bare \r or \n would end the record unquoted
    bom: isBeginning,
  });
}

/**
 * A spreadsheet takes what begins with =, +, - or @ (wide ones too) for a formula: a quote before it makes it text. A
 * cell can begin in the middle of a text, where the list separator is another one or the quotes around the text are not
 * understood: then lines and semicolons divide it.
 */
function tame(text: string): string {
  // The sign first and then a look back: looking ahead from each of many blanks takes the square of their number.
  return text.replaceAll(/[=+\-@\uff1d\uff0b\uff0d\uff20](?<=(?:^|[;\t\r\n])[\s"]*.)/g, "'$&");
}

function ndjsonOf(rows: Iterable<ExportRow>): string {
  return Array.from(rows, ({ items, ...row }) => {
    const data = items.map(({ name, value, verification }) => [name, { value, verification }]);
    return `${JSON.stringify({ ...row, data: Object.fromEntries(data) })}\n`;
  }).join('');
}
