/**
 * Runs a function over all items, at most `limit` at a time, and gives the results in the order of the items.
 *
 * When `cancelled` is aborted no further item starts, and the answer comes at once: items that were not started or not
 * done have no result. What is still under way then is left to itself.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  run: (item: T) => Promise<R>,
  cancelled: AbortSignal,
): Promise<readonly (R | undefined)[]> {
  const results: (R | undefined)[] = items.map(() => undefined);
  let next = 0;
  const work = async () => {
    while (next < items.length && !cancelled.aborted) {
      const at = next++;
      results[at] = await run(items[at] as T);
    }
  };
  const workers = Array.from({ length: Math.min(limit, items.length) }, work);
  await unlessCancelled(Promise.all(workers), cancelled);
  return [...results];
}

async function unlessCancelled(work: Promise<unknown>, cancelled: AbortSignal): Promise<void> {
  if (cancelled.aborted) return;
  let give = () => {};
  const aborted = new Promise<void>((resolve) => (give = resolve));
  cancelled.addEventListener('abort', give, { once: true });
  await Promise.race([work, aborted]).finally(() => cancelled.removeEventListener('abort', give));
}
