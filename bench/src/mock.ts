import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMock } from '@didit-data/mock';
import { bundle, createConfig } from '@redocly/openapi-core';
import { Agent, request } from 'undici';
import { freePort } from './free-port.ts';
import { type Candidate, interleaved } from './measure.ts';
import { median, rounded } from './results/statistics.ts';
import type { ResultTable } from './results/types.ts';

const credentials = { authorization: `Basic ${btoa('didit-mock-client:didit-mock-secret')}` };

/** A mock server as its users start it: a command, and the port that it is to take. */
interface Server {
  readonly name: string;
  readonly args: (port: string, contract: string) => readonly string[];
}

const prism = program('@stoplight/prism-cli', 'prism');
const servers: readonly Server[] = [
  { name: 'prism-cli', args: (port, contract) => [prism, 'mock', contract, '-p', port] },
  { name: 'prism-cli -v silent', args: (port, contract) => [prism, 'mock', contract, '-p', port, '-v', 'silent'] },
  { name: '@stdy/cli -q', args: (port, contract) => [program('@stdy/cli', 'steady'), contract, '-p', port, '-q'] },
  { name: 'ours', args: (port) => [program('@didit-data/mock', 'didit-data-mock'), '--port', port, '--quiet'] },
];

/** The contract in one file: not every peer follows references to other files. */
async function bundledContract(): Promise<AsyncDisposable & { readonly file: string }> {
  const contract = fileURLToPath(import.meta.resolve('@didit-data/openapi/didit-data.yaml'));
  const directory = await mkdtemp(join(tmpdir(), 'didit-bench-'));
  const { bundle: bundled } = await bundle({ ref: contract, config: await createConfig({}) });
  const file = join(directory, 'contract.json');
  await writeFile(file, JSON.stringify(bundled.parsed));
  return { file, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

/** The mock beside others: start, requests a second with tokens, state and validation on, memory. */
export async function mock(): Promise<readonly ResultTable[]> {
  await using contract = await bundledContract();
  const starts = new Map<string, number[]>(servers.map(({ name }) => [name, []]));
  for (let round = 0; round < 5; round += 1) {
    for (const server of servers) {
      const running = await start(server, contract.file);
      starts.get(server.name)?.push(running.startMs);
      await running.stop();
    }
  }

  const running = await Promise.all(servers.map((server) => start(server, contract.file)));
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
      await fetchedDecision(prismServer.name, prismServer.url, fetch),
      await fetchedDecision('ours in process', ours.url, ours.fetch),
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

async function fetchedDecision(name: string, url: string, fetch: typeof globalThis.fetch): Promise<Candidate> {
  const headers = { 'x-api-key': 'didit-mock-secret' };
  const created = await fetch(`${url}/auth/v2/session`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ scope: 'names email phone' }),
  });
  const { session_id } = (await created.json()) as { session_id: string };
  const target = `${url}/auth/v2/session/${session_id}/decision/`;
  const call = async () => {
    const response = await fetch(target, { headers });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`a mock answered ${response.status}`);
  };
  return { name, call };
}

interface Running {
  readonly name: string;
  readonly url: string;
  readonly startMs: number;
  residentMb(): Promise<number>;
  stop(): Promise<void>;
}

async function start({ name, args }: Server, contract: string): Promise<Running> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = spawn(process.execPath, args(`${port}`, contract), { stdio: 'ignore', detached: true });
  await untilReady(child, url);
  const startMs = performance.now() - startedAt;
  return {
    name,
    url,
    startMs,
    residentMb: () => residentMbOf(child.pid ?? 0),
    async stop() {
      const exited = once(child, 'exit');
      process.kill(-(child.pid ?? 0), 'SIGKILL'); // the whole group: a command may be a wrapper around another
      await exited;
    },
  };
}

/** Memory of a command with all the processes that it has started. */
async function residentMbOf(group: number): Promise<number> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const sizes = processes.map(async (pid) => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [, , processGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(processGroup) !== group) return 0;
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended with exit code ${child.exitCode}`);
    const status = await postToken(url).catch(() => undefined);
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${child.spawnargs.join(' ')} does not answer`);
}

const form = { 'content-type': 'application/x-www-form-urlencoded', ...credentials };
const body = 'grant_type=client_credentials';

async function postToken(url: string): Promise<number> {
  const response = await fetch(`${url}/auth/v2/token/`, { method: 'POST', headers: form, body });
  await response.arrayBuffer();
  return response.status;
}

function tokenCall({ name, url }: Running, dispatcher: Agent): Candidate {
  return {
    name,
    call: async () =>
      checked(await request(`${url}/auth/v2/token/`, { method: 'POST', headers: form, body, dispatcher })),
  };
}

/** Ours refuses what it has not issued or created, so each server is asked for its own token and session. */
async function decisionCall({ name, url }: Running, dispatcher: Agent): Promise<Candidate> {
  const issued = await fetch(`${url}/auth/v2/token/`, { method: 'POST', headers: form, body });
  const { access_token } = (await issued.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}` };
  const created = await fetch(`${url}/auth/v2/session`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ scope: 'names email phone' }),
  });
  const { session_id } = (await created.json()) as { session_id: string };
  const target = `${url}/auth/v2/session/${session_id}/decision/`;
  return { name, call: async () => checked(await request(target, { headers, dispatcher })) };
}

async function checked({ statusCode, body }: Awaited<ReturnType<typeof request>>): Promise<void> {
  await body.dump();
  if (statusCode !== 200) throw new Error(`a mock answered ${statusCode}`);
}

/** Finds a package's program by its manifest. */
function program(name: string, command: string): string {
  const { resolve } = createRequire(import.meta.url);
  const manifest = findManifest(name, resolve);
  const { bin } = createRequire(import.meta.url)(manifest) as { bin: string | Record<string, string> };
  const path = typeof bin === 'string' ? bin : bin[command];
  if (!path) throw new Error(`${name} has no command ${command}`);
  return join(dirname(manifest), path);
}

function findManifest(name: string, resolve: NodeJS.RequireResolve): string {
  for (const directory of resolve.paths(name) ?? []) {
    try {
      return resolve(join(directory, name, 'package.json'));
    } catch {
      // not in this node_modules; the next one up may have it
    }
  }
  throw new Error(`${name} is not installed`);
}
