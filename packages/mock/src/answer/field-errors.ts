import { type Answer, refuse } from '../http/message.ts';
import type { Violation } from '../prism/engine.ts';

const unsupportedType = 415;

/** `{ field: ["…"] }`, the contract's shape for an invalid request. */
export function fieldErrors(violations: readonly Violation[]): Answer {
  const type = violations.find(({ code }) => Number(code) === unsupportedType);
  if (type) return refuse(400, `Unsupported media type. ${type.message}.`);
  const fields = new Map<string, string[]>();
  for (const violation of violations) {
    const [field, text] = describe(violation);
    fields.set(field, [...(fields.get(field) ?? []), text]);
  }
  return { status: 400, body: Object.fromEntries(fields) };
}

function describe({ path = [], message }: Violation): [field: string, text: string] {
  const missing = /required property '([^']+)'/.exec(message)?.[1];
  if (missing !== undefined) return [missing, 'This field is required.'];
  const text = message.replace(/^Request \w+ ((property|parameter) \S+ )?/, ''); // for example `must be string`
  return [path.slice(1).join('.') || 'non_field_errors', text];
}
