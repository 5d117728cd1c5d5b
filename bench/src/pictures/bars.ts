/** One bar. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Quartiles, drawn as a line across the bar's end. */
  readonly spread?: readonly [number, number];
}

/** Visible on light and on dark pages. */
const colours = { ours: '#2f81f7', others: '#9aa4b2', text: '#7d8590', grid: '#7d859040' } as const;

/** Makes a Vega-Lite specification of bars, longest first, with ours in another colour. */
export function barChart(title: string, bars: readonly Bar[]): object {
  const values = bars.map(({ name, value, spread }) => ({
    name,
    value,
    from: spread?.[0] ?? value,
    to: spread?.[1] ?? value,
    label: value.toLocaleString('en-US'),
    isOurs: name.startsWith('ours'),
  }));
  const order = bars.toSorted((a, b) => b.value - a.value).map(({ name }) => name);
  const x = (field: string) => ({ field, type: 'quantitative', title: null, axis: { tickCount: 5 } });
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
        encoding: { x: x('value'), color: colour },
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

/** The part of the specification that all pictures share. */
function frame(title: string): object {
  return {
    width: 460,
    background: null,
    title: { text: title, anchor: 'start', color: colours.text, fontSize: 13, fontWeight: 'normal', offset: 12 },
    config: {
      font: 'system-ui, sans-serif',
      view: { stroke: null },
      axis: {
        labelColor: colours.text,
        titleColor: colours.text,
        gridColor: colours.grid,
        domain: false,
        ticks: false,
        labelLimit: 400,
        labelFontSize: 12,
      },
    },
  };
}
