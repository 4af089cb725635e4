import { deployCodes } from './codes/deploy.ts';
import { destroyCodes } from './codes/destroy.ts';
import type { CodeEntry } from './codes/entry.ts';
import { promoteCodes } from './codes/promote.ts';
import { resourcesCodes } from './codes/resources.ts';
import { runCodes } from './codes/run.ts';
import { templatesCodes } from './codes/templates.ts';

export type { CodeEntry } from './codes/entry.ts';

/**
 * Every code a finding can have: RT the run itself, PF preflight, DP deploy, DS destroy, PM promote.
 *
 * A code is never renumbered and never used again for something else. docs/findings.md is generated from this table.
 */
export const codes = {
  ...runCodes,
  ...templatesCodes,
  ...resourcesCodes,
  ...deployCodes,
  ...destroyCodes,
  ...promoteCodes,
} as const satisfies Record<string, CodeEntry>;

/** A code of the table. */
export type Code = keyof typeof codes;
