/** The longest quotation in a message, in characters. */
const longestQuote = 200;

/** Removes what may be a token, an e-mail address or a phone number, and bounds the length. */
export function redact(text: string): string {
  const clean = text
    .slice(0, longestQuote * 4)
    .replace(/\b(bearer|basic)\s+\S+/gi, '$1 [redacted]')
    .replace(/[^\s@<>"']+@[^\s@<>"']+/g, '[redacted]')
    .replace(/[A-Za-z0-9_\-.~+/=]{24,}/g, (run) => (/\d/.test(run) || run.length > 40 ? '[redacted]' : run))
    .replace(/[+(]?\d[\d\s().-]{5,}\d/g, '[redacted]')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return clean.length > longestQuote ? `${clean.slice(0, longestQuote)}…` : clean;
}

/** @returns a duration in the largest unit in which it is a whole number, for example `90 s` or `1 h` */
export function inWords(ms: number): string {
  const [unit, size] = Object.entries({ h: 3_600_000, min: 60_000, s: 1_000 }).find(
    ([, size]) => ms >= size && ms % size === 0,
  ) ?? ['ms', 1];
  return `${ms / size} ${unit}`;
}
