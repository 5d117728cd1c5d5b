/** What was asked of a registry: to give something, or to take it. */
type Access = 'read' | 'publish';

type Remedy = readonly [code: RegExp, remedy: string];

/** What npm's error codes mean, and what to do. The first that fits counts. */
const remedies: readonly Remedy[] = [
  [
    /\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)\b/,
    'the registry is not there: start it, or mend the address in .npmrc',
  ],
  [
    /\b(E409|EPUBLISHCONFLICT)\b|cannot publish over|already (present|exists)/i,
    'that version is there already and cannot be replaced: add a changeset and run pnpm version-packages',
  ],
  [/\bE404\b/, 'the registry has no such package or version: publish it first, or mend the name'],
  [/\bE5\d\d\b/, 'the registry has failed: try again later; versions that are there already are left alone'],
];

/** What it means that one is not let in depends on what one wants. */
const refusals: Readonly<Record<Access, readonly Remedy[]>> = {
  publish: [
    [
      /\b(E401|ENEEDAUTH|EOTP)\b/,
      'the registry does not know who publishes: in CI give the publish job `id-token: write` and name the workflow as' +
        ' trusted publisher of the package; elsewhere log in',
    ],
    [/\bE403\b/, 'the registry refuses: whoever publishes needs the right to publish this package'],
  ],
  read: [
    [
      /\b(E401|E403|ENEEDAUTH)\b/,
      'the registry lets nobody read it who has no right to: log in there, or mend the address in .npmrc',
    ],
  ],
};

/** A registry that is not there, or that does not do what it is asked to. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';

  /**
   * @param request what was asked of the registry, as in `publishing the package x`
   * @param registry the registry's address
   * @param output what npm printed; only its lines of error get into the message
   * @param access whether the request was to read or to publish
   */
  constructor(request: string, registry: string, output: string, access: Access = 'publish') {
    const said = output
      .split('\n')
      .filter((line) => /^(npm error|\[?ERR)/.test(line) && !/A complete log|_logs/.test(line));
    const known = [...remedies, ...refusals[access]];
    const [, remedy = 'see what npm says below'] = known.find(([code]) => code.test(output)) ?? [];
    super(`${request} at ${registry} failed: ${remedy}.\n${said.slice(0, 8).join('\n')}`.trimEnd());
  }
}
