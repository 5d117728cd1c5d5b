/** How many wrong passwords cause no wait: of one address, and of all together. */
const freeTries = { one: 5, all: 50 };
const longestWaitMs = 60_000;
/** After this time without a wrong password its count starts again. */
const forgottenAfterMs = 15 * 60_000;
const mostAddresses = 1_000;

/**
 * Slows down people who guess a password. Counts wrong passwords, of each address and in total. Beyond the free tries
 * each one doubles the wait, from a second to a minute. However many addresses come, the memory is bounded.
 */
export function createGuesses(now: () => number) {
  const addresses = new Map<string, { wrong: number; last: number }>();
  const known = new Map<string, true>();
  const all = { wrong: 0, last: 0 };

  function waitOf({ wrong, last }: typeof all, free: number): number {
    if (wrong < free) return 0;
    return Math.max(0, last + Math.min(longestWaitMs, 1_000 * 2 ** (wrong - free)) - now());
  }

  return {
    /** @returns how long this address must wait before it may try, in milliseconds; 0 when it may try now */
    waitMs(address: string): number {
      const own = addresses.get(address);
      return Math.max(own ? waitOf(own, freeTries.one) : 0, known.has(address) ? 0 : waitOf(all, freeTries.all));
    },

    wrong(address: string): void {
      const own = addresses.get(address) ?? { wrong: 0, last: 0 };
      for (const count of [own, all]) {
        count.wrong = now() - count.last > forgottenAfterMs ? 1 : count.wrong + 1;
        count.last = now();
      }
      remember(addresses, address, own);
    },

    /** An address that knows the password no longer waits because of others. */
    right(address: string): void {
      addresses.delete(address);
      remember(known, address, true);
    },
  };
}

/** Adds the newest entry, and removes the oldest when there are too many. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > mostAddresses && oldest !== undefined) map.delete(oldest);
}
