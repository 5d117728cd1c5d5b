import { expect, test } from 'vitest';
import { withFigures } from '../src/results/sections.ts';
import type { Results } from '../src/results/types.ts';

const results: Results = {
  size: {
    takenOn: '2026-01-01',
    seconds: 1,
    machine: { cpu: 'a CPU', cores: 2, memoryGb: 4, system: 'linux', node: 'v24.0.0' },
    versions: {},
    tables: [
      {
        id: 'bundles',
        title: 'Bundles',
        header: ['', 'at once, bytes', 'later, bytes'],
        rows: [
          ['ours', 9001, null],
          ['theirs', 12, 3],
        ],
      },
    ],
  },
};

test('writes the wanted table into its section and leaves the rest alone', () => {
  const written = withFigures(section('size; bundles'), results);
  expect(written).toBe(
    section(
      'size; bundles',
      '\n|  | at once, bytes | later, bytes |\n| --- | ---: | ---: |\n| ours | 9001 | – |\n| theirs | 12 | 3 |\n\n',
    ),
  );
});

test('writes the wanted columns alone', () => {
  const written = withFigures(section('size; bundles; later, bytes'), results);
  expect(written).toContain('| theirs | 3 |');
  expect(written).not.toContain('9001');
});

test('changes nothing where the figures are current, and puts right a figure that is not', () => {
  const current = withFigures(section('size; bundles'), results);
  expect(withFigures(current, results)).toBe(current);
  expect(withFigures(current.replace('9001', '8001'), results)).toBe(current);
});

test('writes each of several sections', () => {
  const written = withFigures(
    section('size; bundles; later, bytes') + section('size; bundles; at once, bytes'),
    results,
  );
  expect(written.match(/<!-- \/bench -->/g)).toHaveLength(2);
  expect(written).toContain('| theirs | 3 |');
  expect(written).toContain('| theirs | 12 |');
});

test.each([
  ['mock; served', /"mock; served" was not measured\. Run: pnpm bench mock/],
  ['size; starts', /The part "size" has no table "starts"\. Run: pnpm bench size/],
  ['size; bundles; kB', /There is no column "kB"\. The columns are: at once, bytes; later, bytes\./],
])('refuses "%s" and says what to do', (wanted, message) => {
  expect(() => withFigures(section(wanted), results)).toThrow(message);
});

function section(wanted: string, content = '') {
  return `before\n<!-- bench: ${wanted} -->\n${content}<!-- /bench -->\nafter\n`;
}
