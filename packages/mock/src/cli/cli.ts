#!/usr/bin/env node
import { createRequire } from 'node:module';
import { MockOptionsError } from '../errors.ts';
import { type Coverage, coverageTable } from '../journal/coverage.ts';
import type { MockEvent, MockOptions } from '../options.ts';
import { type Mock, startMock } from '../start-mock.ts';
import { type CliOptions, parseCliOptions, usage } from './options.ts';

const failedToStart = 1;
const tooLittle = 1;
const badOptions = 2;

type Reporter = ReturnType<typeof reporter>;

await run(process.argv.slice(2));

/** From the package, because this file and the built one lie at different depths in it. */
function version(): string {
  return createRequire(import.meta.url)('@didit-data/mock/package.json').version;
}

function shellQuote(text: string): string {
  return /^[\w.:/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function banner({ url, clientId, clientSecret }: Mock, scenario: string): string {
  return `didit-data-mock listens on ${url}

  client id      ${clientId}
  client secret  ${clientSecret}
  scenario       ${scenario}

Environment for a client:

DIDIT_BASE_URL=${shellQuote(url)}
DIDIT_CLIENT_ID=${shellQuote(clientId)}
DIDIT_CLIENT_SECRET=${shellQuote(clientSecret)}

A token, by hand:

curl -u ${shellQuote(`${clientId}:${clientSecret}`)} -d grant_type=client_credentials ${url}/auth/v2/token/

Ctrl-C ends it.`;
}

function fail(code: number, message: string): void {
  console.error(`didit-data-mock: ${message}`);
  process.exitCode = code;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function startFailure(error: unknown, { host, port }: CliOptions['mock']): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (code !== 'EADDRINUSE') return messageOf(error);
  return `Port ${port} on ${host} is in use. Choose another one with --port, or --port 0 for a free one.`;
}

/** Says what happens: as lines of JSON, or in words, and then only what somebody has to know. */
function reporter({ json, quiet }: CliOptions) {
  const line = (event: Record<string, unknown>): void => {
    if (json && !quiet) console.log(JSON.stringify(event));
  };
  return {
    event: (event: MockEvent): void => {
      if (event.event === 'contract-refused') {
        console.error(`didit-data-mock: the contract before it is served on. ${event.message}`);
      } else if (event.event === 'examples-only' && !quiet) {
        const names = event.operations.join(', ');
        console.error(`didit-data-mock: No built-in behaviour for ${names}; answering with the contract's examples.`);
      } else if (event.event === 'contract-warning' && !quiet) {
        console.error(`didit-data-mock: ${event.message}`);
      } else if (event.event === 'contract-reloaded' && !json && !quiet) console.log('The contract was read again.');
      line({ ...event });
    },
    started: (mock: Mock, { scenario, clients = [] }: MockOptions): void => {
      const clientIds = clients.map(({ clientId }) => clientId);
      line({ event: 'listening', url: mock.url, port: mock.port, clientIds, scenario });
      if (!json && !quiet) console.log(banner(mock, scenario ?? ''));
    },
    ended: (coverage: Coverage | undefined): void => {
      if (coverage && !json && !quiet) console.log(coverageTable(coverage));
      if (coverage) line({ event: 'coverage', ...coverage });
      line({ event: 'closed' });
    },
  };
}

function endOnSignal(mock: Mock, options: CliOptions, report: Reporter): void {
  const end = async (): Promise<void> => {
    await mock.close(); // then nothing keeps the process alive, and it exits
    const coverage = mock.coverage();
    report.ended(options.coverage ? coverage : undefined);
    if (coverage.percent < options.coverageMin) {
      fail(tooLittle, `Contract coverage is ${coverage.percent.toFixed(1)} %, below ${options.coverageMin} %.`);
    }
  };
  let ending = false;
  const once = (): void => {
    if (!ending) void end();
    ending = true;
  };
  process.on('SIGTERM', once);
  process.on('SIGINT', once);
}

async function plan(mock: Mock, faults: CliOptions['faults']): Promise<void> {
  try {
    for (const { operationId, fault } of faults) mock.fault(operationId, fault);
  } catch (error) {
    await mock.close();
    throw error;
  }
}

async function run(args: string[]): Promise<void> {
  let options: CliOptions;
  try {
    options = parseCliOptions(args);
  } catch (error) {
    fail(badOptions, `${messageOf(error)}\nSee didit-data-mock --help.`);
    return;
  }
  if (options.help) return console.log(usage);
  if (options.version) return console.log(version());
  const report = reporter(options);
  try {
    const mock = await startMock({ ...options.mock, onEvent: report.event });
    await plan(mock, options.faults);
    endOnSignal(mock, options, report);
    report.started(mock, options.mock);
  } catch (error) {
    const code = error instanceof MockOptionsError ? badOptions : failedToStart;
    fail(code, startFailure(error, options.mock));
  }
}
