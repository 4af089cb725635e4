import { join } from 'node:path';

/** Gives the file with the reviewed inventory of a stack. */
export function goldenPath(system: string, stack: string): string {
  return join(import.meta.dirname, system, 'golden', `${stack}.txt`);
}
