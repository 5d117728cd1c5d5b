/** One way to put load on the service. */
export interface Scenario {
  /** Of its table. */
  readonly id: string;
  readonly protocol: 'http' | 'https';
  /** The session whose decision is retrieved: its body is small or large. */
  readonly body: 'small' | 'large';
  readonly inFlight: number;
  readonly rounds: number;
}

/** Most users have small bodies over HTTP: these get more rounds. */
const manyRounds = 9;
const fewRounds = 5;

/** Every mix of protocol, size of body and calls in flight. */
export const scenarios: readonly Scenario[] = (['http', 'https'] as const).flatMap((protocol) =>
  (['small', 'large'] as const).flatMap((body) =>
    [1, 16, 64].map((inFlight) => ({
      id: `${protocol}-${body}-${inFlight}`,
      protocol,
      body,
      inFlight,
      rounds: protocol === 'http' && body === 'small' ? manyRounds : fewRounds,
    })),
  ),
);
