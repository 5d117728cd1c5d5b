import { expect, test } from 'vitest';
import { sharedItems } from '../src/flow/shared-items.ts';
import { exportFormats } from '../src/operators/export-file.ts';
import type { ExportRow } from '../src/store/export-store.ts';

const address = { street: 'Gran Via 1', city: 'Madrid', note: 'the "blue" door, left' };

const row: ExportRow = {
  session_id: 's-1',
  reference: 'order 7',
  confirmed_at: '2030-01-01T00:00:00.000Z',
  items: sharedItems({ sub: 'person-1', address }, ['address']),
};

const withReference = (reference: string): ExportRow => ({ ...row, reference });

/** Reads CSV as RFC 4180 says, but like many readers also ends a record at a bare `\r` or `\n`. Text beside quotes is an error. */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\r|\n|$)/y;
  let record: string[] = [];
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const [, quoted, bare = '', end] = cell.exec(text) ?? [];
    if (end === undefined) throw new Error(`no cell at ${at}: ${text.slice(at, at + 40)}`);
    record.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

/** The file's rows, each by the names of its columns. */
function csvRows(rows: readonly ExportRow[]): Record<string, string>[] {
  const [head = [], ...records] = readCsv(exportFormats.csv.text(rows).replace(/^\ufeff/, ''));
  for (const record of records) expect(record).toHaveLength(head.length);
  return records.map((record) => Object.fromEntries(record.map((text, at) => [head[at] ?? '', text])));
}

test('as CSV, a decision with any line breaks is one record', () => {
  const references = ['order 7', 'order\n8', 'order\r9', 'order\r\n10'];
  const rows = csvRows(references.map(withReference));
  expect(rows.map(({ reference }) => reference)).toEqual(references);
  for (const { address } of rows) expect(address).toBe('street: Gran Via 1\ncity: Madrid\nnote: the "blue" door, left');
});

test.each([
  ['=1+1', "'=1+1"],
  [' =1+1', " '=1+1"],
  ['a\n=cmd|calc!A1', "a\n'=cmd|calc!A1"],
  ['a\r@SUM(A1)', "a\r'@SUM(A1)"],
  ['a\r\n \t+1', "a\r\n \t'+1"],
  ['a;-1', "a;'-1"],
  ['a\n"=1+1"', 'a\n"\'=1+1"'], // with another separator, the quotes before it are not part of the text
  ['a\n\uff1d1+1', "a\n'\uff1d1+1"],
  ['a\n\n=1\n=2', "a\n\n'=1\n'=2"],
  ['\t=1', "'\t'=1"],
  ['1-1=0, a@b', '1-1=0, a@b'],
])('as CSV, %j is not a formula for a spreadsheet', (text, expected) => {
  const items = [{ name: 'names', value: text, verification: 'verified' } as const];
  const [read] = csvRows([{ ...row, session_id: text, reference: text, items }]);
  expect([read?.session_id, read?.reference, read?.names]).toEqual([expected, expected, expected]);
});

test('as CSV, a text of blank lines takes no quadratic time', () => {
  const begun = performance.now();
  csvRows([withReference('\n'.repeat(200_000))]);
  expect(performance.now() - begun).toBeLessThan(2_000);
});

test('as NDJSON, a decision is one line, with its strings as they came', () => {
  const references = ['order\n8', 'order\r\n=1+1', 'order\u2028 9'];
  const lines = exportFormats.ndjson.text(references.map(withReference)).split('\n');
  expect(lines.pop()).toBe('');
  expect(lines.map((line) => JSON.parse(line).reference)).toEqual(references);
});
