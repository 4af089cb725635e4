/**
 * Performs work in a task of its own: the CDK writes each construct's call stack, and the caller's part of it would differ from
 * one run to the next.
 */
export function inTask(work: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}
