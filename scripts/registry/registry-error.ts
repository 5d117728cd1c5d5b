/** What npm's error codes mean to somebody who publishes, and what to do. The first that fits counts. */
const remedies: readonly (readonly [code: RegExp, remedy: string])[] = [
  [
    /\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)\b/,
    'the registry is not there: start it, or mend the address in .npmrc',
  ],
  [
    /\b(E401|ENEEDAUTH|EOTP)\b/,
    'the registry does not know who publishes: in CI give the publish job `id-token: write` and name the workflow as' +
      ' trusted publisher of the package; elsewhere log in',
  ],
  [
    /\b(E409|EPUBLISHCONFLICT)\b|cannot publish over|already (present|exists)/i,
    'that version is there already and cannot be replaced: add a changeset and run pnpm version-packages',
  ],
  [/\bE403\b/, 'the registry refuses: whoever publishes needs the right to publish this package'],
  [/\bE404\b/, 'the registry has no such package or version: publish it first, or mend the name'],
  [/\bE5\d\d\b/, 'the registry has failed: try again later; versions that are there already are left alone'],
];

/** A registry that is not there, or that does not do what it is asked to. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';

  /**
   * @param request what was asked of the registry, as in `publishing the package x`
   * @param registry the registry's address
   * @param output what npm printed; only its lines of error get into the message
   */
  constructor(request: string, registry: string, output: string) {
    const said = output
      .split('\n')
      .filter((line) => /^(npm error|\[?ERR)/.test(line) && !/A complete log|_logs/.test(line));
    const [, remedy = 'see what npm says below'] = remedies.find(([code]) => code.test(output)) ?? [];
    super(`${request} at ${registry} failed: ${remedy}.\n${said.slice(0, 8).join('\n')}`.trimEnd());
  }
}
