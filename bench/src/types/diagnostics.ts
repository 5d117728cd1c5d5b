import { run } from '../run.ts';

/** What the compiler reports about its own work. */
export interface Diagnostics {
  readonly instantiations: number;
  readonly types: number;
  readonly memoryMb: number;
  readonly checkSeconds: number;
  readonly totalSeconds: number;
}

/**
 * Checks the types of a project.
 *
 * @throws {Error} when the project does not compile
 */
export async function diagnose(project: string): Promise<Diagnostics> {
  const { stdout } = await run('tsc', ['--project', project, '--extendedDiagnostics']);
  const figure = (label: string): number => {
    const [, value] = new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(stdout) ?? [];
    if (value === undefined) throw new Error(`tsc did not report "${label}".`);
    return Number(value);
  };
  return {
    instantiations: figure('Instantiations'),
    types: figure('Types'),
    memoryMb: figure('Memory used') / 1_000,
    checkSeconds: figure('Check time'),
    totalSeconds: figure('Total time'),
  };
}
