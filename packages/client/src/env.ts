import { createClient, type DiditClient } from './client.ts';
import { OptionsError } from './errors/didit-data-error.ts';
import { checkNames } from './options/check.ts';
import { type CommonOptions, type CredentialOptions, commonNames } from './options/client-options.ts';

/**
 * Makes a client of what the environment says: `DIDIT_CLIENT_ID` and `DIDIT_CLIENT_SECRET`, or `DIDIT_API_KEY`, and
 * `DIDIT_BASE_URL` if it is set. Nothing else in this package reads the environment.
 *
 * @param options every other option; a `baseUrl` given here goes before the environment's
 * @throws {OptionsError} naming the variable that is missing, or the option that cannot work
 */
export function clientFromEnv(options: CommonOptions = {}): DiditClient {
  checkNames(options, commonNames);
  const { DIDIT_BASE_URL } = environment();
  const { baseUrl = DIDIT_BASE_URL || undefined } = options;
  return createClient({ ...options, baseUrl, ...credentials() });
}

function credentials(): CredentialOptions {
  const { DIDIT_CLIENT_ID: clientId, DIDIT_CLIENT_SECRET: clientSecret, DIDIT_API_KEY: apiKey } = environment();
  if (apiKey && (clientId || clientSecret)) {
    throw new OptionsError(
      'the environment sets DIDIT_API_KEY beside DIDIT_CLIENT_ID or DIDIT_CLIENT_SECRET: keep one',
    );
  }
  if (apiKey) return { apiKey };
  if (clientId && clientSecret) return { clientId, clientSecret };
  if (clientId) throw new OptionsError('DIDIT_CLIENT_SECRET is missing from the environment');
  if (clientSecret) throw new OptionsError('DIDIT_CLIENT_ID is missing from the environment');
  throw new OptionsError('set DIDIT_CLIENT_ID and DIDIT_CLIENT_SECRET, or DIDIT_API_KEY, in the environment');
}

function environment(): Readonly<Record<string, string | undefined>> {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env ?? {};
}
