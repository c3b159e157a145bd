/** Works through many things with a few at a time. */

/** Ends when all is done, or when the signal stops taking new ones. A failing `work` is a bug: it ends the whole. */
export async function eachBounded<T>(
  things: AsyncIterable<T> | Iterable<T>,
  limit: number,
  work: (thing: T) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for await (const thing of things) {
    if (signal?.aborted || failures.length > 0) break;
    const job: Promise<void> = work(thing)
      .catch((error: unknown) => {
        failures.push(error);
      })
      .finally(() => running.delete(job));
    running.add(job);
    if (running.size >= limit) await Promise.race(running);
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}
