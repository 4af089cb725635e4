/**
 * Gives the file that an action.yml names as `main`: it says which action the bundle shall start.
 *
 * `bundle` is the way from that file to the folder of the bundle.
 */
export function toEntry(name: string, bundle: string): string {
  return [
    `import { join } from 'node:path';`,
    `import { start } from '${bundle}/index.js';`,
    `await start('${name}', join(import.meta.dirname, '${bundle}'));`,
    '',
  ].join('\n');
}
