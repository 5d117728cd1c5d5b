import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { run } from './execute.ts';

/** Programs that the tests need and no npm package brings, with the Debian package that does. */
const programs: readonly { readonly name: string; readonly debianPackage: string; readonly variable?: string }[] = [
  { name: 'chromium', debianPackage: 'chromium', variable: 'CHROMIUM_PATH' },
  { name: 'redis-server', debianPackage: 'redis-server', variable: 'REDIS_SERVER_PATH' },
  { name: 'git', debianPackage: 'git' },
  { name: 'curl', debianPackage: 'curl' },
];

/** Makes sure, before tests, of all that they need and no npm install of the workspace brings. */
export async function setup(): Promise<void> {
  await prepareSystem();
  await must('pnpm', '--dir', 'scripts/runtimes', 'install', '--frozen-lockfile', '--silent');
}

/**
 * Makes sure that the system's programs are there: on Debian as root they are installed, elsewhere a missing one is
 * named with what to do.
 */
async function prepareSystem(): Promise<void> {
  const missing = [];
  for (const program of programs) {
    const named = program.variable && process.env[program.variable];
    if (!(await isInstalled(named ?? program.name))) missing.push(program);
  }
  if (missing.length === 0) return;
  const packages = missing.map(({ debianPackage }) => debianPackage);
  const variables = missing.flatMap(({ variable }) => variable ?? []).join(', ');
  if (process.getuid?.() !== 0 || !(await isInstalled('apt-get'))) {
    throw new Error(
      `The tests need ${packages.join(' and ')}. Install them with your system's package manager` +
        ` (on Debian: apt-get install)${variables && `, or name the executables in ${variables}`}.`,
    );
  }
  process.env.DEBIAN_FRONTEND = 'noninteractive';
  await must('apt-get', 'update', '-qq');
  await must('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages);
}

async function must(command: string, ...args: readonly string[]): Promise<void> {
  const code = await run(command, ...args);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed with exit code ${code}`);
}

async function isInstalled(program: string): Promise<boolean> {
  const places = program.includes('/')
    ? [program]
    : (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, program));
  const found = await Promise.all(
    places.map((place) =>
      access(place, constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
