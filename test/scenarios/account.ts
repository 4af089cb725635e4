import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Live } from './scenario.ts';

/** The account of apps that have to name one before theirs is known; see `inItsAccount`. */
export const someAccount = '111111111111';

/** Makes the account of a scenario the one that its assembly names. */
export function inItsAccount(folder: string, { account }: Live): void {
  for (const file of readdirSync(folder, { withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(folder, file.name);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(someAccount, account));
  }
}
