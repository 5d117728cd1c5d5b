/** What the person does with a session. `pending` never decides by itself. */
export const scenarios = ['confirmed', 'declined', 'cancelled', 'expired', 'pending'] as const;
export type Scenario = (typeof scenarios)[number];

/** How a session goes on by itself: to `outcome`, at the `atPoll`-th status request (1 is "at once"). */
export interface Plan {
  readonly outcome: Exclude<Scenario, 'pending'> | undefined;
  readonly atPoll: number;
}

export const isScenario = (value: unknown): value is Scenario => scenarios.some((scenario) => scenario === value);

export const planOf = (scenario: Scenario): Plan => ({
  outcome: scenario === 'pending' ? undefined : scenario,
  atPoll: 1,
});

const prefix = 'mock:';

/**
 * Reads a scenario from `vendor_data`: `mock:declined`, `mock:pending`, `mock:pending:3`.
 * Returns `undefined` for data that is not meant for the mock, and a message for a scenario that does not exist.
 */
export const planFromVendorData = (vendorData: string | undefined): Plan | string | undefined => {
  if (vendorData === undefined || !vendorData.startsWith(prefix)) return undefined;
  const wanted = vendorData.slice(prefix.length);
  if (isScenario(wanted)) return planOf(wanted);
  const polls = /^pending:([1-9]\d{0,5})$/.exec(wanted)?.[1];
  if (polls !== undefined) return { outcome: 'confirmed', atPoll: Number(polls) };
  return `Unknown mock scenario. Known: ${scenarios.map((name) => prefix + name).join(', ')}, mock:pending:3.`;
};
