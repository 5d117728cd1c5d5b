/** What a fact is about, in the same words for records and for the contract. */
export interface Subject {
  readonly kind:
    | 'operation'
    | 'parameter'
    | 'body'
    | 'sent'
    | 'response'
    | 'header'
    | 'field'
    | 'scope'
    | 'credential'
    | 'server';
  readonly operation?: string;
  /** As the contract has it: `200`, `5XX`. */
  readonly status?: string;
  /** Of a parameter. */
  readonly in?: string;
  readonly name?: string;
}

/** One text for one subject. */
export function subjectKey({ kind, operation = '', status = '', in: location = '', name = '' }: Subject): string {
  const isHeader = kind === 'header' || location === 'header';
  return JSON.stringify([kind, operation, status, location, isHeader ? name.toLowerCase() : name]);
}

/** The subject in a sentence, for example `field user_data.sub of getSessionDecision 200`. */
export function describeSubject({ kind, operation, status, in: location, name }: Subject): string {
  const what: Readonly<Record<Subject['kind'], string>> = {
    operation: `operation ${operation}`,
    parameter: `${location} parameter ${name}`,
    body: `request body ${name}`,
    sent: `request field ${name}`,
    response: `response ${status}`,
    header: `header ${name}`,
    field: `field ${name}`,
    scope: `scope ${name}`,
    credential: `credential ${name}`,
    server: `server ${name}`,
  };
  if (operation === undefined || kind === 'operation') return what[kind];
  return `${what[kind]} of ${operation}${status === undefined || kind === 'response' ? '' : ` ${status}`}`;
}
