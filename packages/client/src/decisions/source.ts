import { must, OptionsError } from '../errors/options-error.ts';

/** Where ids come from. */
export interface Source {
  /** @returns the next item, or nothing after the last */
  next(): Promise<{ readonly item: unknown } | undefined>;
  /** Closes the source, unless it has ended. Does not wait while an item is pending: it may never come. */
  close(): Promise<void>;
}

/** Reads any iterable. When the iterable throws, `next` throws the same, and the source has ended. */
export function sourceOf(ids: unknown): Source {
  const iterator = iteratorOf(ids);
  let state = 'ready' as 'ready' | 'asked' | 'ended';
  return {
    async next() {
      state = 'asked';
      try {
        const { done, value } = iterationOf(await iterator.next());
        state = done ? 'ended' : 'ready';
        return done ? undefined : { item: value };
      } catch (error) {
        state = 'ended';
        throw error;
      }
    },
    async close() {
      if (state === 'ended') return;
      const closed = (async () => iterator.return?.())();
      if (state === 'ready') await closed;
      else closed.catch(() => {});
    },
  };
}

function iteratorOf(ids: unknown): Iterator<unknown> | AsyncIterator<unknown> {
  const { [Symbol.asyncIterator]: later, [Symbol.iterator]: now }: Partial<Iterable<unknown> & AsyncIterable<unknown>> =
    typeof ids === 'object' && ids !== null ? ids : {};
  const iterator: unknown = later?.call(ids) ?? now?.call(ids);
  const { next }: Partial<Iterator<unknown>> = Object(iterator);
  must(typeof next === 'function', 'ids', 'be a list or another iterable of session ids');
  return iterator as Iterator<unknown>;
}

function iterationOf(result: unknown): IteratorResult<unknown> {
  if (typeof result === 'object' && result !== null) return result as IteratorResult<unknown>;
  throw new OptionsError('The iterator of `ids` must return objects with done and value.');
}
