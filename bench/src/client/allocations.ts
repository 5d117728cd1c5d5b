import { GCProfiler, getHeapStatistics } from 'node:v8';

/**
 * Counts what is allocated on V8's heap, from the heap's size before and after each garbage collection.
 *
 * @returns a function that ends the count and returns the bytes
 */
export function countAllocations(): () => number {
  const profiler = new GCProfiler();
  profiler.start();
  const { used_heap_size: atStart } = getHeapStatistics();
  return () => {
    const { used_heap_size: atEnd } = getHeapStatistics();
    let sizeBefore = atStart;
    let allocated = 0;
    for (const { beforeGC, afterGC } of profiler.stop().statistics) {
      allocated += beforeGC.heapStatistics.usedHeapSize - sizeBefore;
      sizeBefore = afterGC.heapStatistics.usedHeapSize;
    }
    return allocated + atEnd - sizeBefore;
  };
}
