import { type Locate, lineOf } from '../locate.ts';
import type { ContractFact } from './contract-facts.ts';
import { markOf } from './members.ts';
import type { FactRecord, Records } from './records.ts';
import { describeSubject, type Subject, subjectKey } from './subject.ts';
import { subjectsOf } from './subjects-of.ts';
import { contradictions } from './traits.ts';

/** What the records say about one subject. */
interface Entry {
  readonly record: FactRecord;
  readonly isGeneral: boolean;
}

const afterwards = 'then run: pnpm contract generate';

/**
 * Holds the contract and the records against each other.
 *
 * @returns a message for each disagreement: what it is about, the lines of both, and what to do; none when they agree
 */
export function disagreements(facts: ReadonlyMap<string, ContractFact>, records: Records, locate: Locate): string[] {
  const messages: string[] = [];
  const bySubject = new Map<string, Entry>();
  const contract = [...facts.values()];

  for (const record of records.facts) {
    const at = lineOf(record.place);
    const found = subjectsOf(record, contract);
    if (typeof found === 'string') {
      messages.push(`${at}: the record ${found}.`);
      continue;
    }
    messages.push(...sourceProblems(record, records));
    for (const subject of found.subjects) {
      const before = bySubject.get(subjectKey(subject));
      if (before && before.isGeneral === found.isGeneral) {
        messages.push(
          `${at}: ${describeSubject(subject)} is recorded at ${lineOf(before.record.place)} too. Keep one.`,
        );
      }
      if (!before || before.isGeneral) bySubject.set(subjectKey(subject), { record, isGeneral: found.isGeneral });
    }
    const missing = found.subjects.filter((subject) => !facts.has(subjectKey(subject)));
    const isLost = found.isGeneral ? missing.length === found.subjects.length : missing.length > 0;
    if (record.fact.evidence === 'D' && isLost) {
      for (const subject of found.isGeneral ? missing.slice(0, 1) : missing) {
        messages.push(notInContract(subject, at, lineOf(locate(nearest(subject, facts)))));
      }
    }
  }

  for (const [key, fact] of facts) {
    const entry = bySubject.get(key);
    const at = lineOf(locate(fact.pointer));
    if (entry) messages.push(...compare(fact, entry.record, at));
    else messages.push(notRecorded(fact, at, records));
  }
  return messages;
}

function compare(contract: ContractFact, { fact, place }: FactRecord, at: string): string[] {
  const subject = describeSubject(contract.subject);
  const remedy = `If the service is as recorded, mend the contract at ${at}, ${afterwards}. If not, mend the record.`;
  const messages = contradictions(fact, contract.traits).map(
    ({ trait, recorded, contract: said }) =>
      `${lineOf(place)}: ${subject}: ${trait} is ${recorded} here and ${said} at ${at}.\n  ${remedy}`,
  );
  if (fact.evidence === contract.evidence) return messages;
  return [
    ...messages,
    `${lineOf(place)}: ${subject}: evidence is ${fact.evidence} here and ${contract.evidence} at ${at}.\n` +
      `  If the record is right, the contract needs ${describeMark(fact.evidence)} there. If not, mend the record.`,
  ];
}

const describeMark = (grade: string): string => (grade === 'D' ? 'no x-evidence' : `"x-evidence: ${markOf(grade)}"`);

function notInContract(subject: Subject, at: string, near: string): string {
  return (
    `${at}: ${describeSubject(subject)} is documented and not in the contract.\n` +
    `  Add it at ${near}, ${afterwards}. If the service no longer has it, take the record out.`
  );
}

function notRecorded({ subject, evidence, traits }: ContractFact, at: string, { facts }: Records): string {
  const { operation } = subject;
  const file = facts.find(({ operations }) => operations.join() === operation)?.place.file;
  const shared = { scope: 'scopes.yaml', credential: 'service.yaml', server: 'service.yaml' } as Readonly<
    Record<string, string>
  >;
  const target = file ?? `openapi/upstream/${shared[subject.kind] ?? `${kebab(operation ?? 'a-new-file')}.yaml`}`;
  return (
    `${at}: ${describeSubject(subject)} has no record.\n` +
    `  Add one to ${target}, with its source: ${exampleRecord(subject, traits, evidence)}\n` +
    '  If there is no source for it, take it out of the contract.'
  );
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function exampleRecord(
  { kind, status, in: location, name }: Subject,
  traits: ContractFact['traits'],
  evidence: string,
): string {
  const { type, required, request } = traits;
  const key = kind === 'operation' ? 'request' : kind;
  const value = kind === 'operation' ? request : kind === 'response' ? status : name;
  const parts = {
    [key]: value,
    ...(location !== undefined && { in: location }),
    ...((kind === 'header' || kind === 'field') && { status }),
    ...(type !== undefined && { type: Array.isArray(type) && type.length === 1 ? type[0] : type }),
    ...(required === true && { required }),
    evidence,
    source: '…',
  };
  const shown = Object.entries(parts).map(
    ([part, what]) => `${part}: ${Array.isArray(what) ? `[${what.join(', ')}]` : what}`,
  );
  return `{ ${shown.join(', ')} }`;
}

/** Where the contract would have it. */
function nearest({ kind, operation, status, name = '' }: Subject, facts: ReadonlyMap<string, ContractFact>): string {
  const find = (subject: Subject) => facts.get(subjectKey(subject))?.inner;
  if (operation === undefined) return kind === 'scope' ? '#/components/schemas/Scope' : '#/components/securitySchemes';
  const path = name.split('.').slice(0, -1);
  const around = path.map((_, index) => path.slice(0, path.length - index).join('.'));
  const ofStatus = status === undefined ? {} : { status };
  const candidates: Subject[] = [
    ...around.map((member) => ({ kind, operation, ...ofStatus, name: member })),
    { kind: 'response', operation, ...ofStatus },
    { kind: 'operation', operation },
  ];
  return candidates.map(find).find((pointer) => pointer !== undefined) ?? '#/paths';
}

/** What a source of a kind is good for. */
const sourceKinds: Readonly<Record<string, readonly string[]>> = {
  D: ['documentation', 'standard'],
  O: ['vendor-code', 'vendor-other'],
  C: ['community'],
};

function sourceProblems({ fact, place }: FactRecord, { sources }: Records): string[] {
  const source = Object.hasOwn(sources, fact.source) ? sources[fact.source] : undefined;
  if (!source)
    return [`${lineOf(place)}: the source ${fact.source} is not in openapi/upstream/sources.yaml. Add it there.`];
  const kinds = sourceKinds[fact.evidence];
  if (!kinds || kinds.includes(source.kind)) return [];
  return [
    `${lineOf(place)}: evidence ${fact.evidence} needs a source of kind ${kinds.join(' or ')}, and ${fact.source} is ${source.kind}. ` +
      'Mend the evidence or the source.',
  ];
}
