const secretName = /auth|token|key|secret|cookie|passw|credential|signature/i;
const redacted = '[redacted]';

/** The tokens of one kind that the mock has issued. */
export interface IssuedTokens {
  /** Of each of them, in letters of base64url. */
  readonly length: number;
  has(text: string): boolean;
}

/** What is left of texts, headers and paths when nothing in them may give access to anything. */
export interface Redactor {
  text(text: string): string;
  headers(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  path(path: string): string;
}

/** Without the percent escapes that a token's letters do not need. */
const unescapeLetters = (text: string): string =>
  text.replace(/%(?:2d|3\d|[46][1-9a-f]|5[\daf]|7[\da])/gi, decodeURIComponent);

/** A UUID or a trace id, as most long runs are: that a random token has no other letters does not happen. */
const idLetters = /^[\da-f-]+$/;

/** Hides issued tokens. They are looked up piece by piece: there may be many more of them than a text has letters. */
const createTokenScrub = (issued: readonly IssuedTokens[]): ((text: string) => string) => {
  const shortest = Math.min(...issued.map(({ length }) => length));
  const longRuns = new RegExp(`(?<![\\w-])[\\w-]{${shortest},}`, 'g'); // each looked at from its beginning alone
  const scrubRun = (run: string): string => {
    if (idLetters.test(run)) return run;
    let rest = run;
    for (const { length, has } of issued) {
      for (let at = 0; at + length <= rest.length; at += 1) {
        if (has(rest.slice(at, at + length))) rest = rest.slice(0, at) + redacted + rest.slice(at + length);
      }
    }
    return rest;
  };
  return (text) => {
    if (text.length < shortest) return text;
    const plain = text.includes('%') ? unescapeLetters(text) : text;
    const clean = plain.replace(longRuns, scrubRun);
    return clean === plain ? text : clean;
  };
};

/**
 * Hides headers by their names (of `Authorization` the scheme stays), and the given secrets and issued tokens wherever
 * they are.
 */
export const createRedactor = (secrets: readonly string[], issued: readonly IssuedTokens[]): Redactor => {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  const scrubTokens = createTokenScrub(issued);
  const scrub = (text: string): string =>
    forms.reduce((rest, secret) => rest.replaceAll(secret, redacted), scrubTokens(text));
  const hide = (name: string, value: string): string => {
    if (!secretName.test(name)) return scrub(value);
    const scheme = name === 'authorization' ? /^(basic|bearer)(?= )/i.exec(value)?.[0] : undefined;
    return scheme === undefined ? redacted : `${scheme} ${redacted}`;
  };
  return {
    text: scrub,
    headers: (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, hide(name, value)])),
    path: (path) => scrub(path.replace(/^\/authorize\/[^/]+/, `/authorize/${redacted}`)),
  };
};
