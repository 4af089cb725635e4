/** Writes what happened, one line of JSON each time. */
export interface Log {
  info(message: string, fields: Readonly<Record<string, unknown>>): void;
  error(message: string, fields: Readonly<Record<string, unknown>>, cause: unknown): void;
}

/** Makes a log of `write`, which gets whole lines, and `now`, which gives the time. */
export function createLog(write: (line: string) => void, now: () => Date): Log {
  const line = (level: string, message: string, fields: Readonly<Record<string, unknown>>): void =>
    write(`${JSON.stringify({ level, time: now().toISOString(), message, ...fields })}\n`);
  return {
    info: (message, fields) => line('info', message, fields),
    error: (message, fields, cause) => line('error', message, { ...fields, cause: toCause(cause) }),
  };
}

/** Makes the log of a function: standard output, and the clock of the machine. */
export const createFunctionLog = (): Log =>
  createLog(
    (line) => process.stdout.write(line),
    () => new Date(),
  );

const toCause = (cause: unknown): unknown =>
  cause instanceof Error ? { name: cause.name, message: cause.message, stack: cause.stack } : cause;
