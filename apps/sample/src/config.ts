import { hkdfSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings that the README lists. Times are in milliseconds.
 *
 * @throws {Error} when a setting is missing or invalid. The message names it and never quotes its value.
 */
export function readConfig(env: Environment) {
  const { DIDIT_BASE_URL: baseUrl, DIDIT_CLIENT_ID: clientId, DIDIT_CLIENT_SECRET: clientSecret } = env;
  if (!baseUrl || !clientId || !clientSecret) {
    const missing = ['DIDIT_BASE_URL', 'DIDIT_CLIENT_ID', 'DIDIT_CLIENT_SECRET'].filter((name) => !env[name]);
    throw new Error(`These environment variables are not set: ${missing.join(', ')}.`);
  }
  return {
    baseUrl,
    clientId,
    clientSecret,
    host: env.HOST || '127.0.0.1',
    port: readNumber(env, 'PORT', 0, 0, 65_535),
    publicUrl: readOrigin(env, 'PUBLIC_URL'),
    database: env.SAMPLE_DATABASE || fileURLToPath(new URL('../data/sample.db', import.meta.url)),
    secret: readSecret(env, 'SAMPLE_SECRET', 32) ?? clientSecret,
    operatorPassword: readSecret(env, 'SAMPLE_OPERATOR_PASSWORD', 12),
    retentionMs: readNumber(env, 'SAMPLE_RETENTION_HOURS', 24, 1, 24 * 365) * 3_600_000,
    intervalMs: readNumber(env, 'SAMPLE_INTERVAL_MS', 2_000, 50, 60_000),
  };
}

/** Derives a key for one use: cookies, forms, or storage. The same secret gives the same keys after a restart. */
export function deriveKey(secret: string, use: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hkdfSync('sha256', secret, '', `sample shop: ${use}`, 32));
}

function readNumber(env: Environment, name: string, fallback: number, least: number, most: number): number {
  const text = env[name];
  if (!text) return fallback;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new Error(`${name} must be a number from ${least} to ${most}.`);
}

function readSecret(env: Environment, name: string, shortest: number): string | undefined {
  const text = env[name] || undefined;
  if (text && text.length < shortest) throw new Error(`${name} must have at least ${shortest} characters.`);
  return text;
}

function readOrigin(env: Environment, name: string): string | undefined {
  const text = env[name];
  if (!text) return undefined;
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) return url.origin;
  throw new Error(`${name} must be an http or https address without a path.`);
}
