import { EventEmitter } from 'node:events';

/** Tells open pages that there is something new to read in the store. Carries no data of its own. */
export interface Changes {
  tell(topic: string): void;
  /** @returns a function that ends the listening */
  listen(topics: readonly string[], listener: () => void): () => void;
}

/** The topic of everything that concerns all pages. */
export const everybody = 'everybody';

export function createChanges(): Changes {
  const emitter = new EventEmitter().setMaxListeners(0); // one for each open page
  return {
    tell: (topic) => {
      emitter.emit(topic);
    },
    listen(topics, listener) {
      for (const topic of topics) emitter.on(topic, listener);
      return () => {
        for (const topic of topics) emitter.off(topic, listener);
      };
    },
  };
}
