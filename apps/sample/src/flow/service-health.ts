import type { Hooks, ResponseEvent } from '@didit-data/client';
import { type Changes, everybody } from './changes.ts';

/** Whether Didit answers, as seen from this app: so that a person who waits is told the truth. */
export interface ServiceHealth {
  readonly isUp: boolean;
  /** To be given to the client. */
  readonly hooks: Hooks;
}

/** One failure is a hiccup that the client gets over by itself. */
const failuresBeforeDown = 3;
const failingStatuses = [401, 403, 408, 429];

export function createServiceHealth(changes: Changes): ServiceHealth {
  let failures = 0;
  const health = {
    get isUp() {
      return failures < failuresBeforeDown;
    },
    hooks: {
      onResponse(event: ResponseEvent) {
        const wasUp = health.isUp;
        if (isFailure(event)) failures += 1;
        else if (event.status !== undefined) failures = 0;
        if (wasUp !== health.isUp) changes.tell(everybody);
      },
    },
  };
  return health;
}

function isFailure({ status, error }: ResponseEvent): boolean {
  if (status !== undefined) return status >= 500 || failingStatuses.includes(status);
  return error === 'ConnectionError' || error === 'TimeoutError';
}
