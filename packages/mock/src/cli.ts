#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { type CliOptions, parseCliOptions, usage } from './cli-options.ts';
import { type Mock, startMock } from './mock.ts';

const failedToStart = 1;
const badOptions = 2;

const version = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null ? String(Reflect.get(manifest, 'version')) : '';
};

const shellQuote = (text: string): string =>
  /^[\w.:/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const banner = ({ url, clientId, clientSecret }: Mock, scenario: string): string => `didit-data-mock listens on ${url}

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

const fail = (code: number, message: string): void => {
  console.error(`didit-data-mock: ${message}`);
  process.exitCode = code;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const startFailure = (error: unknown, { host, port }: CliOptions['mock']): string => {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (code !== 'EADDRINUSE') return messageOf(error);
  return `Port ${port} on ${host} is in use. Choose another one with --port, or --port 0 for a free one.`;
};

const endOnSignal = (mock: Mock): void => {
  const end = (): void => {
    void mock.close(); // then nothing keeps the process alive, and it exits with 0
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
};

const run = async (args: string[]): Promise<void> => {
  let options: CliOptions;
  try {
    options = parseCliOptions(args);
  } catch (error) {
    fail(badOptions, `${messageOf(error)}\nSee didit-data-mock --help.`);
    return;
  }
  if (options.help) return console.log(usage);
  if (options.version) return console.log(version());
  try {
    const mock = await startMock(options.mock);
    endOnSignal(mock);
    if (!options.quiet) console.log(banner(mock, options.mock.scenario ?? ''));
  } catch (error) {
    fail(failedToStart, startFailure(error, options.mock));
  }
};

await run(process.argv.slice(2));
