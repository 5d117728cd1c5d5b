import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The scope of every package of this repository. */
const scope = '@didit-data';

/**
 * The text of an npm user config for a registry: this scope comes from it, with a token to publish; everything else is
 * as the user's own config has it. npm reads one user config alone, so what the user has must be in it.
 *
 * @param registry the registry's address
 * @param token what lets one publish there
 */
export async function userConfigFor(registry: string, token: string): Promise<string> {
  const own = await readOwnConfig();
  const kept = own.split('\n').filter((line) => !line.trimStart().startsWith(`${scope}:`));
  // First, since a section in the user's file would swallow what follows it.
  return [`${scope}:registry=${registry}/`, `${registry.replace(/^https?:/, '')}/:_authToken=${token}`, ...kept].join(
    '\n',
  );
}

/** Reads the user config that npm would read: the one named in the environment, in any case of letters, or the home's. */
async function readOwnConfig(): Promise<string> {
  const [, named] = Object.entries(process.env).find(([name]) => /^npm_config_userconfig$/i.test(name)) ?? [];
  return readFile(named || join(homedir(), '.npmrc'), 'utf8').catch(() => '');
}

/**
 * What makes npm and pnpm read a user config, by every spelling that they know: a variable that is there already in
 * the other case of letters must not win. Loopback is never asked through a proxy.
 */
export function environmentOf(npmrc: string): Record<string, string> {
  const direct = [process.env.NO_PROXY, '127.0.0.1'].filter(Boolean).join(',');
  return {
    npm_config_userconfig: npmrc,
    NPM_CONFIG_USERCONFIG: npmrc,
    pnpm_config_npmrc_auth_file: npmrc,
    PNPM_CONFIG_NPMRC_AUTH_FILE: npmrc,
    NO_PROXY: direct,
    no_proxy: direct,
  };
}
