import { stringify } from 'csv-stringify/sync';
import { dataNames } from '../scopes.ts';
import type { ExportFormat, ExportRow } from '../store/export-store.ts';

export const exportFormats = {
  csv: { label: 'CSV', type: 'text/csv; charset=utf-8', text: csvOf },
  ndjson: { label: 'NDJSON', type: 'application/x-ndjson; charset=utf-8', text: ndjsonOf },
} as const;

export function isExportFormat(value: unknown): value is ExportFormat {
  return typeof value === 'string' && Object.hasOwn(exportFormats, value);
}

/**
 * Two columns for each kind of data: what was shared, and whether Didit has verified it.
 *
 * @param isBeginning whether these rows are the first of the file: the names of the columns precede them
 */
function csvOf(rows: Iterable<ExportRow>, isBeginning = true): string {
  const columns = ['session_id', 'reference', 'confirmed_at'];
  const records = Array.from(rows, ({ items, ...row }) => {
    const cells = items.flatMap(({ name, value, verification }) => [
      [name, value],
      [`${name}_verification`, verification],
    ]);
    return { ...row, ...Object.fromEntries(cells) };
  });
  return stringify(records, {
    header: isBeginning,
    columns: [...columns, ...dataNames.flatMap((name) => [name, `${name}_verification`])],
    cast: { string: disarm },
    escape_formulas: true,
    record_delimiter: 'windows',
    quote_record_delimiter: true, // or a bare \r or \n in a text would end the record
    bom: isBeginning,
  });
}

/**
 * Puts a quote before =, +, - and @ (wide ones too) where a spreadsheet would see the beginning of a formula. With another
 * list separator, or without its quotes, a text is divided at lines and semicolons: a formula can also begin there.
 */
function disarm(text: string): string {
  // Finds the sign first and then looks back: looking ahead from each of many blanks takes quadratic time.
  return text.replaceAll(/[=+\-@\uff1d\uff0b\uff0d\uff20](?<=(?:^|[;\t\r\n])[\s"]*.)/g, "'$&");
}

function ndjsonOf(rows: Iterable<ExportRow>): string {
  return Array.from(rows, ({ items, ...row }) => {
    const data = items.map(({ name, value, verification }) => [name, { value, verification }]);
    return `${JSON.stringify({ ...row, data: Object.fromEntries(data) })}\n`;
  }).join('');
}
