import { createClient, type DiditClient } from './client.ts';
import { OptionsError } from './errors/options-error.ts';
import { checkNames } from './options/check.ts';
import { type CommonOptions, type CredentialOptions, commonNames } from './options/client-options.ts';

/**
 * Makes a client from environment variables: `DIDIT_CLIENT_ID` and `DIDIT_CLIENT_SECRET`, or `DIDIT_API_KEY`, and
 * `DIDIT_BASE_URL` if it is set. Nothing else in this package reads the environment.
 *
 * @param options every other option; a `baseUrl` given here overrides the environment's
 * @throws {OptionsError} when a variable is missing or an option cannot work
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
      'The environment sets DIDIT_API_KEY and also DIDIT_CLIENT_ID or DIDIT_CLIENT_SECRET. Keep one.',
    );
  }
  if (apiKey) return { apiKey };
  if (clientId && clientSecret) return { clientId, clientSecret };
  if (clientId) throw new OptionsError('DIDIT_CLIENT_SECRET is missing from the environment.');
  if (clientSecret) throw new OptionsError('DIDIT_CLIENT_ID is missing from the environment.');
  throw new OptionsError('Set DIDIT_CLIENT_ID and DIDIT_CLIENT_SECRET, or DIDIT_API_KEY, in the environment.');
}

function environment(): Readonly<Record<string, string | undefined>> {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env ?? {};
}
