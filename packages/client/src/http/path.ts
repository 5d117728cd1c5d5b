import { OptionsError } from '../errors/didit-data-error.ts';

/**
 * Fills a path template. Values are percent-encoded and cannot leave their segment: an empty one, `.`, `..` and
 * anything with a slash or backslash is refused, because servers and proxies resolve these even when encoded.
 *
 * @throws {OptionsError} naming the parameter
 */
export function fillPath(template: string, parameters: Readonly<Record<string, unknown>>, operation?: string): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const refused = (why: string) => new OptionsError(`path parameter ${name} ${why}`, { operation });
    return encodeSegment(parameters[name], refused);
  });
}

function encodeSegment(value: unknown, refused: (why: string) => OptionsError): string {
  if (typeof value !== 'string') throw refused(`must be a string, not ${value === null ? 'null' : typeof value}`);
  if (value === '') throw refused('must not be empty');
  if (value === '.' || value === '..') throw refused(`must not be "${value}"`);
  if (/[/\\]/.test(value)) throw refused('must not contain a slash');
  try {
    return encodeURIComponent(value);
  } catch {
    throw refused('is not well-formed Unicode');
  }
}
