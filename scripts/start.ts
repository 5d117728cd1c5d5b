// Builds everything, starts the mock and the sample app, and retrieves one decision through the client.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { root, run } from './execute.ts';
import { masked } from './masked.ts';

/** Whether to end after the first decision. */
const endsAtOnce = readOptions();

function readOptions(): boolean {
  try {
    return parseArgs({ options: { once: { type: 'boolean', default: false } } }).values.once;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\nUsage: pnpm start [--once]`);
    process.exit(2);
  }
}

/** Builds everything, starts mock and sample app, and retrieves one decision through the client. */
async function main(): Promise<void> {
  if ((await run('turbo', 'run', 'build', '--output-logs=errors-only')) !== 0) throw new Error('The build failed.');
  const { startMock } = await import('@didit-data/mock');
  const { createClient } = await import('@didit-data/client');

  await using mock = await startMock({ port: 0, scenario: 'pending' }); // the person who opens the app decides
  const { url: baseUrl, clientId, clientSecret } = mock;
  console.log(`Mock server: ${baseUrl} (client id ${clientId}, client secret ${clientSecret})`);

  // The mock forgets its sessions when it stops, so the app's database is removed with it.
  await using data = await mkdtempDisposable(join(tmpdir(), 'didit-data-'));
  const operatorPassword = randomBytes(12).toString('base64url');
  const sample = spawn('node', ['src/main.ts'], {
    cwd: `${root}apps/sample`,
    env: {
      ...process.env,
      DIDIT_BASE_URL: baseUrl,
      DIDIT_CLIENT_ID: clientId,
      DIDIT_CLIENT_SECRET: clientSecret,
      SAMPLE_DATABASE: join(data.path, 'sample.db'),
      SAMPLE_OPERATOR_PASSWORD: operatorPassword,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const sampleAddress = await addressOf(sample);

    const didit = createClient({ baseUrl, clientId, clientSecret });
    const session = await didit.sessions.create({ scope: ['names', 'email'], vendor_data: 'mock:confirmed' });
    const decision = await didit.sessions.decision(session);
    if (decision.status !== 'Confirmed') throw new Error(`The decision is ${decision.status}, not Confirmed.`);
    console.log(`A decision through the client, personal data masked:\n${JSON.stringify(masked(decision), null, 2)}`);
    console.log(`\nOpen the sample app: ${sampleAddress}`);
    console.log(`For operators: ${sampleAddress}/operators (name operator, password ${operatorPassword})`);

    if (!endsAtOnce) {
      console.log('Ctrl-C stops everything.');
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), failureOf(sample)]);
    }
  } finally {
    await stop(sample);
  }
}

/** Reads the address that the app prints when it is ready. */
async function addressOf(app: ChildProcess): Promise<string> {
  if (!app.stdout) throw new Error('The sample app has no output.');
  const lines = createInterface({ input: app.stdout });
  const announced = (async () => {
    for await (const line of lines) {
      const [address] = /http:\/\/\S+/.exec(line) ?? [];
      if (address) return address;
    }
    throw new Error('The sample app stopped before it was ready.');
  })();
  return Promise.race([announced, failureOf(app)]);
}

async function failureOf(app: ChildProcess): Promise<never> {
  const [code] = await once(app, 'exit');
  throw new Error(`the sample app ended with exit code ${code}`);
}

async function stop(app: ChildProcess): Promise<void> {
  if (app.exitCode !== null || app.signalCode !== null) return;
  const ended = once(app, 'exit');
  app.kill('SIGTERM');
  await ended;
}

await main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
