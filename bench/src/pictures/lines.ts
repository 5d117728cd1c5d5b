import { colours, frame } from './style.ts';

/** One point of a line. */
export interface Point {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** A Vega-Lite specification of lines on logarithmic axes, with ours in colours of their own. */
export function lineChart(title: string, points: readonly Point[], axes: { x: string; y: string }): object {
  const names = [...new Set(points.map(({ name }) => name))];
  const logarithmic = (field: string, title: string, values: readonly number[]) => ({
    field,
    type: 'quantitative',
    scale: { type: 'log' },
    title,
    axis: { values },
  });
  return {
    ...frame(title),
    height: 220,
    data: { values: points },
    mark: { type: 'line', point: true, strokeWidth: 2 },
    encoding: {
      x: logarithmic('x', axes.x, [...new Set(points.map(({ x }) => x))]),
      y: logarithmic('y', axes.y, [0.1, 1, 10, 100]),
      color: { field: 'name', type: 'nominal', sort: names, scale: { domain: names, range: names.map(shadeOf) } },
      strokeDash: {
        condition: { test: "indexof(datum.name, 'ours') === 0", value: [1, 0] },
        value: [4, 3],
      },
    },
  };
}

const shades = ['#2f81f7', '#8250df', '#1a9f8f', '#9aa4b2', '#d29922', '#db6d28'];
const shadeOf = (_name: string, index: number): string => shades[index % shades.length] ?? colours.others;
