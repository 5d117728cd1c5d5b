/** A shorter text is no secret, and stands in many words. */
const shortestSecret = 4;

/** Takes a secret that was sent out of what came back, whatever it looks like, as it is and as JSON spells it. */
export function withoutSecret(text: string, secret: string): string {
  if (secret.length < shortestSecret) return text;
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inAscii = inJson.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [inAscii, inJson, secret].reduce((clean, form) => clean.replaceAll(form, '[redacted]'), text);
}
