import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMock } from '@didit-data/mock';
import { bundle, createConfig } from '@redocly/openapi-core';
import { Agent } from 'undici';
import { interleaved } from '../measure.ts';
import { median, rounded } from '../results/statistics.ts';
import type { ResultTable } from '../results/types.ts';
import { decisionCall, fetchedDecision, tokenCall } from './calls.ts';
import { type Running, servers, start } from './servers.ts';

/** The mock beside others: start, requests a second with tokens, state and validation on, memory. */
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
    const decisions = await interleaved(await Promise.all(running.map((one) => decisionCall(one, agent))), {
      inFlight: 16,
    });
    const tokens = await interleaved(
      running.map((one) => tokenCall(one, agent)),
      { inFlight: 16 },
    );
    const rate = (all: typeof decisions, name: string) =>
      all.find((one) => one.name === name)?.callsPerSecond ?? Number.NaN;
    const ratio = (all: typeof decisions, name: string) =>
      rounded(rate(all, name) / rate(all, 'prism-cli -v silent'), 2);
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

/** One call after another, by the same code: the mock's `fetch` without a socket, and the global one to Prism. */
async function inProcess(running: readonly Running[]): Promise<ResultTable> {
  const prismServer = running.find(({ name }) => name === 'prism-cli -v silent');
  if (!prismServer) throw new Error('Prism is not running');
  const ours = await createMock(); // holds nothing that would have to be closed
  const measured = await interleaved(
    [
      await fetchedDecision(prismServer, fetch),
      await fetchedDecision({ name: 'ours in process', url: ours.url }, ours.fetch),
    ],
    { inFlight: 1 },
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

/** Writes the contract into one file: not every peer follows references to other files. */
async function writeBundledContract(directory: string): Promise<string> {
  const contract = fileURLToPath(import.meta.resolve('@didit-data/openapi/didit-data.yaml'));
  const { bundle: bundled } = await bundle({ ref: contract, config: await createConfig({}) });
  const file = join(directory, 'contract.json');
  await writeFile(file, JSON.stringify(bundled.parsed));
  return file;
}
