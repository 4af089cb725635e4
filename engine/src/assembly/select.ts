import picomatch from 'picomatch';
import { finding, Stop, type Finding } from '../finding.ts';
import type { Assembly, Stack } from './assembly.ts';
import { orderByDependencies, toPrerequisites } from './order.ts';

/** The stacks of each phase by name; empty for apps, and for systems without phases. */
export type Phases = Readonly<Record<string, readonly string[]>>;

/** What is chosen: patterns, whether what the chosen stacks need comes along, and the phases that a pattern may name. */
export interface Selection {
  readonly patterns: readonly string[];
  readonly withDependencies: boolean;
  readonly phases: Phases;
}

/**
 * Gives the stacks that the patterns choose, in dependency order: by name, by the path that the CDK CLI shows, or all of a phase
 * by `phase:<name>`. No pattern chooses all. A pattern behind `!` leaves out what it fits, even where another stack needs it.
 *
 * @throws Stop with RT055 for each pattern that matches nothing and RT056 for each phase that is not there; with PF131 for a cycle.
 */
export function selectStacks(assembly: Assembly, { patterns, withDependencies, phases }: Selection): readonly Stack[] {
  if (assembly.stacks.length === 0) throw new Stop(finding('RT055', `The assembly in ${assembly.dir} has no stacks at all.`));
  const ordered = orderByDependencies(assembly.stacks);
  const idle = patterns.filter((pattern) => !ordered.some(toMatch(toBare(pattern), phases)));
  if (idle.length) throw new Stop(idle.map((pattern) => judgeIdle(pattern, phases, assembly.stacks)));
  const wanted = patterns.filter((pattern) => !isExclusion(pattern)).map((pattern) => toMatch(pattern, phases));
  const ids = ordered.filter((stack) => wanted.length === 0 || wanted.some((isWanted) => isWanted(stack))).map((s) => s.id);
  const taken = withDependencies ? toPrerequisites(ordered, ids) : new Set(ids);
  const chosen = withoutExcluded(ordered, patterns, phases).filter((s) => taken.has(s.id));
  if (chosen.length === 0) throw new Stop(finding('RT055', `${patterns.map((p) => `\`${p}\``).join(', ')} leave no stack over.`));
  return chosen;
}

/** Gives the stacks without those that a pattern behind `!` leaves out. */
export function withoutExcluded(stacks: readonly Stack[], patterns: readonly string[], phases: Phases): readonly Stack[] {
  const unwanted = patterns.filter(isExclusion).map((pattern) => toMatch(toBare(pattern), phases));
  return stacks.filter((stack) => !unwanted.some((isUnwanted) => isUnwanted(stack)));
}

/** `!(a|b)` is a pattern of its own: what is neither a nor b. */
const isExclusion = (pattern: string): boolean => /^!(?!\()/.test(pattern);

const toBare = (pattern: string): string => (isExclusion(pattern) ? pattern.slice(1) : pattern);

const toPhase = (pattern: string): string | undefined => /^phase:(.*)$/.exec(pattern)?.[1];

function toMatch(pattern: string, phases: Phases): (stack: Stack) => boolean {
  const phase = toPhase(pattern);
  if (phase !== undefined) return ({ name }) => Object.hasOwn(phases, phase) && phases[phase]?.includes(name) === true;
  const isMatch = picomatch(pattern);
  return ({ name, displayName }) => isMatch(name) || isMatch(displayName);
}

function judgeIdle(pattern: string, phases: Phases, stacks: readonly Stack[]): Finding {
  const names = stacks.map((s) => s.displayName).join(', ');
  if (toPhase(toBare(pattern)) === undefined) return finding('RT055', `\`${pattern}\` matches none of the stacks: ${names}.`);
  const known = Object.keys(phases).join(', ');
  return finding(
    'RT056',
    known
      ? `\`${pattern}\` is none of the phases ${known}.`
      : `\`${pattern}\` names a phase, and only bundled systems have phases, not all of them; the stacks are ${names}.`,
  );
}
