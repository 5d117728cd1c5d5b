/** The parts of a manifest that name files of its package. */
interface Targets {
  readonly exports?: unknown;
  readonly bin?: unknown;
  readonly main?: unknown;
  readonly types?: unknown;
}

/**
 * Finds what a manifest promises and its package does not hold, as happens when it was not built.
 *
 * @param files all that the package holds, relative to its folder
 * @returns the missing files, or patterns without a file, as the manifest names them
 */
export function missingTargets({ exports, bin, main, types }: Targets, files: readonly string[]): string[] {
  const targets = new Set([exports, bin, main, types].flatMap(stringsIn));
  return [...targets].filter((target) => {
    const [before = '', after] = target.replace(/^\.\//, '').split('*');
    return !files.some((file) =>
      after === undefined ? file === before : file.startsWith(before) && file.endsWith(after),
    );
  });
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
