import { fileURLToPath } from 'node:url';

/** What the app needs to know from outside. */
export interface Config {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Where people find the site, if not where it listens: behind a proxy that ends TLS. An origin, no path. */
  readonly publicUrl: string | undefined;
  /** Path of the SQLite file. */
  readonly database: string;
  /** What the keys for cookies, forms and stored data are derived from. */
  readonly secret: string;
  /** Without it the operators' pages are switched off. */
  readonly operatorPassword: string | undefined;
  /** How long shared data is kept, in milliseconds. */
  readonly retentionMs: number;
  /** Time between two looks at an open session at first, in milliseconds. */
  readonly intervalMs: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const defaultDatabase = fileURLToPath(new URL('../data/sample.db', import.meta.url));
const shortestSecret = 32;
const shortestPassword = 12;

/** A setting is missing or cannot be used. The message names it and never quotes a value. */
class ConfigError extends Error {
  override name = 'ConfigError';
}

/** @throws {ConfigError} naming every setting that is missing, or the first that cannot be used */
export function readConfig(env: Environment): Config {
  const { DIDIT_BASE_URL, DIDIT_CLIENT_ID, DIDIT_CLIENT_SECRET } = env;
  if (!DIDIT_BASE_URL || !DIDIT_CLIENT_ID || !DIDIT_CLIENT_SECRET) {
    const missing = Object.entries({ DIDIT_BASE_URL, DIDIT_CLIENT_ID, DIDIT_CLIENT_SECRET }).filter(([, it]) => !it);
    throw new ConfigError(`not set in the environment: ${missing.map(([name]) => name).join(', ')}`);
  }
  return {
    baseUrl: DIDIT_BASE_URL,
    clientId: DIDIT_CLIENT_ID,
    clientSecret: DIDIT_CLIENT_SECRET,
    host: env.HOST || '127.0.0.1',
    port: readNumber(env, 'PORT', 0, 0, 65_535),
    publicUrl: readOrigin(env, 'PUBLIC_URL'),
    database: env.SAMPLE_DATABASE || defaultDatabase,
    secret: readSecret(env, 'SAMPLE_SECRET', shortestSecret) ?? DIDIT_CLIENT_SECRET,
    operatorPassword: readSecret(env, 'SAMPLE_OPERATOR_PASSWORD', shortestPassword),
    retentionMs: readNumber(env, 'SAMPLE_RETENTION_HOURS', 24, 1, 24 * 365) * 3_600_000,
    intervalMs: readNumber(env, 'SAMPLE_INTERVAL_MS', 2_000, 50, 60_000),
  };
}

function readNumber(env: Environment, name: string, fallback: number, least: number, most: number): number {
  const text = env[name];
  if (!text) return fallback;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new ConfigError(`${name} must be a number from ${least} to ${most}`);
}

function readSecret(env: Environment, name: string, shortest: number): string | undefined {
  const text = env[name];
  if (!text) return undefined;
  if (text.length < shortest) throw new ConfigError(`${name} must have at least ${shortest} characters`);
  return text;
}

function readOrigin(env: Environment, name: string): string | undefined {
  const text = env[name];
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
  if (!isOrigin) throw new ConfigError(`${name} must be an http or https address without a path`);
  return url.origin;
}
