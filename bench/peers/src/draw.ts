import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** Draws a Vega-Lite specification as SVG. */
export function draw(specification: TopLevelSpec): Promise<string> {
  return new View(parse(compile(specification).spec), { renderer: 'none' }).toSVG();
}
