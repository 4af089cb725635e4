import { scenarios as bootstrap } from './bootstrap.ts';
import { scenarios as limits } from './limits.ts';
import { scenarios as live } from './live.ts';
import { scenarios as names } from './names.ts';
import { scenarios as outside } from './outside.ts';
import { scenarios as right } from './right.ts';
import type { Scenario } from './scenario.ts';
import { scenarios as services } from './services.ts';
import { scenarios as stacks } from './stacks.ts';
import { scenarios as states } from './states.ts';

/** The scenarios of every family, by the name of its file. */
export const families: Readonly<Record<string, readonly Scenario[]>> = {
  bootstrap,
  limits,
  live,
  names,
  outside,
  right,
  services,
  stacks,
  states,
};
