/** @returns of several names the one that another is most likely meant to be, or nothing when none is near */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = plain(name);
  const ranked = known
    .map((each) => ({ each, distance: distanceOf(wanted, plain(each)) }))
    .sort((one, other) => one.distance - other.distance);
  const [best] = ranked;
  return best && best.distance < 0.4 * Math.max(wanted.length, best.each.length) ? best.each : undefined;
}

const plain = (name: string) => name.toLowerCase().replace(/[_-]/g, '');

/** How many letters differ; a name that is a part of the other differs little, as `timeout` from `timeoutMs`. */
function distanceOf(one: string, other: string): number {
  const isPart = Math.min(one.length, other.length) > 2 && (one.includes(other) || other.includes(one));
  if (isPart) return Math.abs(one.length - other.length) / 8;
  let above = Array.from(other, (_, at) => at);
  above.push(other.length);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const substituted = (above[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(substituted, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[other.length] ?? 0;
}
