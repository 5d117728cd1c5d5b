import type { Person } from './people.ts';

/** What the person does with a session. With `pending`, the person does not decide. */
export const scenarios = ['confirmed', 'declined', 'cancelled', 'expired', 'pending'] as const;
export type Scenario = (typeof scenarios)[number];

/** How a session develops without a test that acts on it. */
export interface Plan {
  readonly outcome: Exclude<Scenario, 'pending'> | undefined;
  /** Number of the status request, or of the decision request, that brings the outcome; 1 is the first. */
  readonly atPoll: number;
  /** The scopes that are shared. Default: all. */
  readonly share?: readonly string[] | undefined;
  /** Where this person differs from the usual one. */
  readonly person?: Partial<Pick<Person, 'age' | 'verified'>>;
  /** The status that status and decision requests answer instead, and how many times. */
  readonly failure?: { readonly status: number; readonly times: number };
}

export function isScenario(value: unknown): value is Scenario {
  return scenarios.some((scenario) => scenario === value);
}

export function planOf(scenario: Scenario): Plan {
  return {
    outcome: scenario === 'pending' ? undefined : scenario,
    atPoll: 1,
  };
}

const prefix = 'mock:';

/** Persons who are under age, or not verified. They share like all others. */
const people: Readonly<Record<string, Plan['person']>> = {
  'under-18': { age: 16 },
  'under-21': { age: 19 },
  unverified: { verified: false },
};

const hint = [...scenarios, 'pending:3', 'fewer:email,names', ...Object.keys(people), '429', '503:2']
  .map((name) => prefix + name)
  .join(', ');
const refused = `Unknown mock scenario. Known: ${hint}. Statuses: 400, 401, 403, 404, 429, 500 to 599.`;

const pendingPattern = /^pending:([1-9]\d{0,5})$/;
const fewerPattern = /^fewer:(\w+(?:,\w+)*)$/;
const failurePattern = /^(40[0134]|429|5\d\d)(?::([1-9]\d{0,5}))?$/;

/**
 * Reads a scenario from `vendor_data`: `mock:declined`, `mock:pending:3`, `mock:fewer:email`, `mock:under-18`,
 * `mock:429`, `mock:503:2`.
 *
 * @param usual the plan of the option `scenario`, which continues after a failure
 * @returns `undefined` for data that is not meant for the mock; a message for an unknown scenario
 */
export function planFromVendorData(
  vendorData: string | undefined,
  requestedScopes: readonly string[],
  usual: Plan,
): Plan | string | undefined {
  if (vendorData === undefined || !vendorData.startsWith(prefix)) return undefined;
  const wanted = vendorData.slice(prefix.length);
  if (isScenario(wanted)) return planOf(wanted);
  if (Object.hasOwn(people, wanted)) return { ...usual, person: people[wanted] ?? {} };

  const polls = pendingPattern.exec(wanted)?.[1];
  if (polls !== undefined) return { outcome: 'confirmed', atPoll: Number(polls) };

  const share = fewerPattern.exec(wanted)?.[1]?.split(',');
  if (share) {
    const foreign = share.filter((scope) => !requestedScopes.includes(scope));
    if (foreign.length > 0) return `Cannot share what was not requested: ${foreign.join(', ')}.`;
    return { outcome: 'confirmed', atPoll: 1, share };
  }

  const [, status, times] = failurePattern.exec(wanted) ?? [];
  if (status === undefined) return refused;
  return { ...usual, failure: { status: Number(status), times: times === undefined ? Infinity : Number(times) } };
}
