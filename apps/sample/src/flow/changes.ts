import { EventEmitter } from 'node:events';

/** The topic of everything that concerns all pages. */
export const everybody = 'everybody';

export type Changes = ReturnType<typeof createChanges>;

/** Notifies open pages that the store has something new to read. Carries no data of its own. */
export function createChanges() {
  const emitter = new EventEmitter().setMaxListeners(0); // one for each open page
  return {
    notify(topic: string): void {
      emitter.emit(topic);
    },

    /** @returns a function that ends the listening */
    listen(topics: readonly string[], listener: () => void): () => void {
      for (const topic of topics) emitter.on(topic, listener);
      return () => {
        for (const topic of topics) emitter.off(topic, listener);
      };
    },
  };
}
