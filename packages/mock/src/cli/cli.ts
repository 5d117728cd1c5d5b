#!/usr/bin/env node
// The command `didit-data-mock`: starts a mock, reports its events, and ends with SIGTERM or SIGINT.

import { createRequire } from 'node:module';
import { MockOptionsError } from '../errors.ts';
import type { Coverage } from '../journal/coverage.ts';
import type { MockEvent, MockOptions } from '../options.ts';
import { type Mock, startMock } from '../start-mock.ts';
import { coverageTable } from './coverage-table.ts';
import { type CliOptions, parseCliOptions, usage } from './options.ts';

const failedToStart = 1;
const tooLittleCoverage = 1;
const badUsage = 2;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let options: CliOptions;
  try {
    options = parseCliOptions(args);
  } catch (error) {
    return fail(badUsage, `${messageOf(error)}\nSee didit-data-mock --help.`);
  }
  if (options.help || options.version) {
    console.log(options.help ? usage : version());
    return 0;
  }
  const report = reporter(options);
  let mock: Mock;
  try {
    mock = await start(options, report.event);
  } catch (error) {
    return fail(error instanceof MockOptionsError ? badUsage : failedToStart, startFailure(error, options.mock));
  }
  const ending = new Promise<unknown>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, resolve); // a second signal changes nothing
  });
  report.started(mock, options.mock);
  await ending;
  await mock.close();
  const coverage = mock.coverage();
  report.ended(options.coverage ? coverage : undefined);
  if (coverage.percent >= options.coverageMin) return 0;
  const percent = coverage.percent.toFixed(1);
  return fail(tooLittleCoverage, `Contract coverage is ${percent} %, below ${options.coverageMin} %.`);
}

async function start({ mock: mockOptions, faults }: CliOptions, onEvent: (event: MockEvent) => void): Promise<Mock> {
  const mock = await startMock({ ...mockOptions, onEvent });
  try {
    for (const { operationId, fault } of faults) mock.fault(operationId, fault);
    return mock;
  } catch (error) {
    await mock.close();
    throw error;
  }
}

/** Reports events as lines of JSON, or as text; as text only those that the user has to know. */
function reporter({ json, quiet }: CliOptions) {
  const line = (event: Record<string, unknown>): void => {
    if (json && !quiet) console.log(JSON.stringify(event));
  };
  const warn = (message: string): void => console.error(`didit-data-mock: ${message}`);
  return {
    event: (event: MockEvent): void => {
      if (event.event === 'contract-refused') {
        warn(`The mock keeps the previous contract. ${event.message}`);
      } else if (event.event === 'examples-only' && !quiet) {
        const names = event.operations.join(', ');
        warn(`No built-in behaviour for ${names}; answering with the contract's examples.`);
      } else if (event.event === 'contract-warning' && !quiet) {
        warn(event.message);
      } else if (event.event === 'contract-reloaded' && !json && !quiet) {
        console.log('The contract was read again.');
      }
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

function banner({ url, clientId, clientSecret }: Mock, scenario: string): string {
  return `didit-data-mock listens on ${url}

  client id      ${clientId}
  client secret  ${clientSecret}
  scenario       ${scenario}

Environment for a client:

DIDIT_BASE_URL=${shellQuote(url)}
DIDIT_CLIENT_ID=${shellQuote(clientId)}
DIDIT_CLIENT_SECRET=${shellQuote(clientSecret)}

To get a token by hand:

curl -u ${shellQuote(`${clientId}:${clientSecret}`)} -d grant_type=client_credentials ${url}/auth/v2/token/

Press Ctrl-C to stop.`;
}

function shellQuote(text: string): string {
  return /^[\w.:/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function startFailure(error: unknown, { host, port }: CliOptions['mock']): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (code !== 'EADDRINUSE') return messageOf(error);
  return `Port ${port} on ${host} is in use. Choose another one with --port, or --port 0 for a free one.`;
}

/** Resolved by name, because the source and the built file have different distances to it. */
function version(): string {
  return createRequire(import.meta.url)('@didit-data/mock/package.json').version;
}

function fail(code: number, message: string): number {
  console.error(`didit-data-mock: ${message}`);
  return code;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
