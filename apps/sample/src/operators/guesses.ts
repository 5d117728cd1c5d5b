/** Slows down who guesses a password. */
export interface Guesses {
  /** @returns how long this address must wait before it may try, in milliseconds; 0 when it may try now */
  waitMs(address: string): number;
  wrong(address: string): void;
  /** An address that knows the password no longer waits because of what others do. */
  right(address: string): void;
}

interface Count {
  wrong: number;
  last: number;
}

/** Wrong tries that make nobody wait: of one address, and of all together. */
const freeTries = { one: 5, all: 50 };
const longestWaitMs = 60_000;
/** After this time without a wrong try everything is forgotten. */
const forgottenAfterMs = 15 * 60_000;
const mostAddresses = 1_000;

/**
 * Counts wrong passwords, of each address and in total. Beyond the free tries each one doubles the wait, from a second to a
 * minute. However many addresses come, the memory is bounded.
 */
export function createGuesses(now: () => number): Guesses {
  const addresses = new Map<string, Count>();
  const known = new Map<string, true>();
  const all: Count = { wrong: 0, last: 0 };

  function waitOf({ wrong, last }: Count, free: number): number {
    if (wrong < free) return 0;
    return Math.max(0, last + Math.min(longestWaitMs, 1_000 * 2 ** (wrong - free)) - now());
  }

  function count(counted: Count): void {
    counted.wrong = now() - counted.last > forgottenAfterMs ? 1 : counted.wrong + 1;
    counted.last = now();
  }

  return {
    waitMs(address) {
      const own = addresses.get(address);
      return Math.max(own ? waitOf(own, freeTries.one) : 0, known.has(address) ? 0 : waitOf(all, freeTries.all));
    },
    wrong(address) {
      const own = addresses.get(address) ?? { wrong: 0, last: 0 };
      for (const counted of [own, all]) count(counted);
      remember(addresses, address, own);
    },
    right(address) {
      addresses.delete(address);
      remember(known, address, true);
    },
  };
}

/** As the newest; the oldest is forgotten when there are too many. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > mostAddresses && oldest !== undefined) map.delete(oldest);
}
