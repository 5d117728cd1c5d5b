import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMock } from '@didit-data/mock';
import { bundle, createConfig } from '@redocly/openapi-core';
import { Agent } from 'undici';
import { type Measured, rates } from '../measure.ts';
import { median, rounded } from '../results/statistics.ts';
import type { ResultTable } from '../results/types.ts';
import { decisionCall, fetchedDecision, tokenCall } from './calls.ts';
import { type Running, servers, start } from './servers.ts';

/** Compares the mock with others: start, requests a second with tokens, state and validation on, memory. */
export async function mock(): Promise<readonly ResultTable[]> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'didit-bench-'));
  const contract = await writeBundledContract(directory.path);
  const starts = new Map<string, number[]>(servers.map(({ name }) => [name, []]));
  for (let round = 0; round < 5; round += 1) {
    for (const server of servers) {
      const running = await start(server, contract);
      starts.get(server.name)?.push(running.startMs);
      await running.stop();
    }
  }

  const running = await Promise.all(servers.map((server) => start(server, contract)));
  const agent = new Agent({ connections: 16 });
  try {
    const decisions = await rates(await Promise.all(running.map((one) => decisionCall(one, agent))), 16);
    const tokens = await rates(
      running.map((one) => tokenCall(one, agent)),
      16,
    );
    const rows = running.map(async ({ name, residentMb }) => [
      name,
      rounded(median(starts.get(name) ?? [])),
      rounded(rate(decisions, name)),
      ratio(decisions, name),
      rounded(rate(tokens, name)),
      ratio(tokens, name),
      rounded(await residentMb()),
    ]);
    const header = ['', 'start, ms', 'decisions/s', '× silent Prism', 'tokens/s', 'tokens × silent Prism', 'MB'];
    const title = 'The mock, 16 in flight; start is up to the first 200';
    const served = { id: 'served', title, header, rows: await Promise.all(rows) };
    return [served, await inProcess(running)];
  } finally {
    await agent.close();
    await Promise.all(running.map(({ stop }) => stop()));
  }
}

function rate(all: readonly Measured[], name: string): number {
  return all.find((one) => one.name === name)?.callsPerSecond ?? Number.NaN;
}

function ratio(all: readonly Measured[], name: string): number {
  return rounded(rate(all, name) / rate(all, 'prism-cli -v silent'), 2);
}

/** Makes one call after another, with the same code: by the mock's `fetch` without a socket, and by the global one to Prism. */
async function inProcess(running: readonly Running[]): Promise<ResultTable> {
  const prismServer = running.find(({ name }) => name === 'prism-cli -v silent');
  if (!prismServer) throw new Error('Prism is not running.');
  const ours = await createMock(); // has nothing to close
  const measured = await rates(
    [
      await fetchedDecision(prismServer, fetch),
      await fetchedDecision({ name: 'ours in process', url: ours.url }, ours.fetch),
    ],
    1,
  );
  const microseconds = measured.map(({ callsPerSecond }) => 1e6 / callsPerSecond);
  return {
    id: 'in-process',
    title: 'A decision of the mock by fetch, one after another',
    header: ['', 'µs a call', '× fewer'],
    rows: measured.map(({ name }, n) => [
      name,
      rounded(microseconds[n] ?? Number.NaN),
      rounded((microseconds[0] ?? Number.NaN) / (microseconds[n] ?? Number.NaN), 1),
    ]),
  };
}

/** Writes the contract into one file, because some peers do not follow references to other files. */
async function writeBundledContract(directory: string): Promise<string> {
  const contract = fileURLToPath(import.meta.resolve('@didit-data/openapi/didit-data.yaml'));
  const { bundle: bundled } = await bundle({ ref: contract, config: await createConfig({}) });
  const file = join(directory, 'contract.json');
  await writeFile(file, JSON.stringify(bundled.parsed));
  return file;
}
