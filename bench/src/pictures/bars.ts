import { colours, frame } from './style.ts';

/** One bar. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Quartiles, drawn as a line across the bar's end. */
  readonly spread?: readonly [number, number];
}

/** Where bars begin on a logarithmic axis, which has no zero. */
const start = 0.5;

/** A Vega-Lite specification of bars, longest first, with ours in a colour of their own. */
export function barChart(
  title: string,
  bars: readonly Bar[],
  { logarithmic = false }: { logarithmic?: boolean } = {},
): object {
  const values = bars.map(({ name, value, spread }) => ({
    name,
    value,
    from: spread?.[0] ?? value,
    to: spread?.[1] ?? value,
    label: value.toLocaleString('en-US'),
    isOurs: name.startsWith('ours'),
  }));
  const order = bars.toSorted((a, b) => b.value - a.value).map(({ name }) => name);
  const x = (field: string) => ({
    field,
    type: 'quantitative',
    title: null,
    ...(logarithmic
      ? { scale: { type: 'log', domainMin: start }, axis: { values: [1, 10, 100, 1_000, 10_000] } }
      : { axis: { tickCount: 5 } }),
  });
  const y = { field: 'name', type: 'nominal', title: null, sort: order };
  const colour = { condition: { test: 'datum.isOurs', value: colours.ours }, value: colours.others };
  return {
    ...frame(title),
    height: { step: 22 },
    data: { values },
    encoding: { y },
    layer: [
      {
        mark: { type: 'bar', height: 14 },
        encoding: { x: x('value'), color: colour, ...(logarithmic && { x2: { datum: start } }) },
      },
      {
        mark: { type: 'rule', color: colours.text, strokeWidth: 1.5 },
        encoding: { x: x('from'), x2: { field: 'to' } },
      },
      {
        mark: { type: 'text', align: 'left', dx: 6, color: colours.text },
        encoding: { x: x('to'), text: { field: 'label' } },
      },
    ],
  };
}
