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
 * by `phase:<name>`. No pattern chooses all.
 *
 * @throws Stop with RT055 for each pattern that matches nothing and RT056 for each phase that is not there; with PF131 for a cycle.
 */
export function selectStacks(assembly: Assembly, { patterns, withDependencies, phases }: Selection): readonly Stack[] {
  if (assembly.stacks.length === 0) throw new Stop(finding('RT055', `The assembly in ${assembly.dir} has no stacks at all.`));
  const ordered = orderByDependencies(assembly.stacks);
  if (patterns.length === 0) return ordered;
  const matches = patterns.map((pattern) => ({ pattern, ids: ordered.filter(toMatch(pattern, phases)).map((s) => s.id) }));
  const idle = matches.filter((m) => m.ids.length === 0).map((m) => judgeIdle(m.pattern, phases, assembly.stacks));
  if (idle.length) throw new Stop(idle);
  const ids = matches.flatMap((m) => m.ids);
  const chosen = withDependencies ? toPrerequisites(ordered, ids) : new Set(ids);
  return ordered.filter((s) => chosen.has(s.id));
}

const toPhase = (pattern: string): string | undefined => /^phase:(.*)$/.exec(pattern)?.[1];

function toMatch(pattern: string, phases: Phases): (stack: Stack) => boolean {
  const phase = toPhase(pattern);
  if (phase !== undefined) return ({ name }) => Object.hasOwn(phases, phase) && phases[phase]?.includes(name) === true;
  const isMatch = picomatch(pattern);
  return ({ name, displayName }) => isMatch(name) || isMatch(displayName);
}

function judgeIdle(pattern: string, phases: Phases, stacks: readonly Stack[]): Finding {
  const names = stacks.map((s) => s.displayName).join(', ');
  if (toPhase(pattern) === undefined) return finding('RT055', `\`${pattern}\` matches none of the stacks: ${names}.`);
  const known = Object.keys(phases).join(', ');
  return finding(
    'RT056',
    known
      ? `\`${pattern}\` is none of the phases ${known}.`
      : `\`${pattern}\` names a phase, and only bundled systems have phases, not all of them; the stacks are ${names}.`,
  );
}
