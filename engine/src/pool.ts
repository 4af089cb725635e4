/** Runs work, at once or as soon as there is room for it. */
export type Pool = <T>(work: () => Promise<T>) => Promise<T>;

/** Makes a pool in which so much work is under way at once; the rest waits in order. Work that waits for other work of its pool may wait for ever. */
export function createPool(limit: number): Pool {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  return async (work) => {
    if (underWay >= limit) await new Promise<void>((go) => waiting.push(go));
    else underWay++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else underWay--;
    }
  };
}
