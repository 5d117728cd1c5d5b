import type { ResponseEvent } from '@didit-data/client';
import { type Changes, everybody } from './changes.ts';

/** The client gets over fewer failures by itself. */
const failuresBeforeDown = 3;
const failingStatuses = [401, 403, 408, 429];

export type ServiceHealth = ReturnType<typeof createServiceHealth>;

/** Whether Didit answers, as seen by the hooks of this app's client: a waiting person's page says when it does not. */
export function createServiceHealth(changes: Changes) {
  let failures = 0;
  const health = {
    get isUp(): boolean {
      return failures < failuresBeforeDown;
    },
    hooks: {
      onResponse(event: ResponseEvent) {
        const wasUp = health.isUp;
        if (isFailure(event)) failures += 1;
        else if (event.status !== undefined) failures = 0;
        if (wasUp !== health.isUp) changes.notify(everybody);
      },
    },
  };
  return health;
}

function isFailure({ status, error }: ResponseEvent): boolean {
  if (status !== undefined) return status >= 500 || failingStatuses.includes(status);
  return error === 'ConnectionError' || error === 'TimeoutError';
}
