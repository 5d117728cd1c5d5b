import { pathToFileURL } from 'node:url';
import { startStage } from '../../packages/client/test/support/stage.ts';

/** Serves the mock of the folder that it is given, tells its parent how to reach it, and ends with its parent. */
async function main(mock: string): Promise<void> {
  process.once('disconnect', () => process.exit());
  const { startMock } = await import(pathToFileURL(mock).href);
  const { settings } = await startStage({ start: startMock });
  process.send?.(settings);
}

const [mock] = process.argv.slice(2);
if (!mock || !process.send) throw new Error('scripts/release/smoke.ts starts this program; it is not started by hand');
await main(mock);
