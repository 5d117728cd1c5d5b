const secretName = /auth|token|key|secret|cookie|passw|credential|signature/i;
const redacted = '[redacted]';

/** What is left of headers and paths when nothing in them may give access to anything. */
export interface Redactor {
  headers(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  path(path: string): string;
}

/** Hides headers by their names (of `Authorization` the scheme stays), and the given secrets wherever they are. */
export const createRedactor = (secrets: readonly string[]): Redactor => {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  const scrub = (text: string): string => forms.reduce((rest, secret) => rest.replaceAll(secret, redacted), text);
  const hide = (name: string, value: string): string => {
    if (!secretName.test(name)) return scrub(value);
    const scheme = name === 'authorization' ? /^(basic|bearer)(?= )/i.exec(value)?.[0] : undefined;
    return scheme === undefined ? redacted : `${scheme} ${redacted}`;
  };
  return {
    headers: (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, hide(name, value)])),
    path: (path) => scrub(path.replace(/^\/authorize\/[^/]+/, `/authorize/${redacted}`)),
  };
};
