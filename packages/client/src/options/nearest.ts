/** @returns the known name that another most likely means, or nothing when none is near */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = plain(name);
  const [best] = known
    .map((each) => ({ each, distance: distanceOf(wanted, plain(each)) }))
    .sort((one, other) => one.distance - other.distance);
  return best && best.distance < 0.4 * Math.max(wanted.length, best.each.length) ? best.each : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}

/** How many letters differ (Levenshtein); one that is a part of the other differs little, as `timeout` from `timeoutMs`. */
function distanceOf(one: string, other: string): number {
  const isPart = Math.min(one.length, other.length) > 2 && (one.includes(other) || other.includes(one));
  if (isPart) return Math.abs(one.length - other.length) / 8;
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [row, letter] of [...one].entries()) {
    const current = [row + 1];
    above.slice(1).forEach((inserted, at) => {
      const substituted = (above[at] ?? 0) + (letter === other[at] ? 0 : 1);
      current.push(Math.min(substituted, inserted + 1, (current[at] ?? 0) + 1));
    });
    above = current;
  }
  return above.at(-1) ?? 0;
}
