import { prepareRuntimes, prepareSystem } from '../system.ts';

/** Makes sure, before the rehearsal, of what it needs and no npm install brings. */
export async function setup(): Promise<void> {
  await prepareSystem();
  await prepareRuntimes();
}
