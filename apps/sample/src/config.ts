/** What the app needs to know from outside. */
export interface Config {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** A setting is missing or cannot be used. The message names it and never quotes a value. */
class ConfigError extends Error {
  override name = 'ConfigError';
}

/** @throws {ConfigError} naming every setting that is missing */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const { DIDIT_BASE_URL, DIDIT_CLIENT_ID, DIDIT_CLIENT_SECRET, HOST, PORT } = env;
  if (!DIDIT_BASE_URL || !DIDIT_CLIENT_ID || !DIDIT_CLIENT_SECRET) {
    const missing = Object.entries({ DIDIT_BASE_URL, DIDIT_CLIENT_ID, DIDIT_CLIENT_SECRET }).filter(([, it]) => !it);
    throw new ConfigError(`not set in the environment: ${missing.map(([name]) => name).join(', ')}`);
  }
  return {
    baseUrl: DIDIT_BASE_URL,
    clientId: DIDIT_CLIENT_ID,
    clientSecret: DIDIT_CLIENT_SECRET,
    host: HOST || '127.0.0.1',
    port: portOf(PORT || '0'),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new ConfigError('PORT must be a number from 0 to 65535');
  return port;
}
