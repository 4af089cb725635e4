import picomatch from 'picomatch';
import { finding, Stop } from '../finding.ts';
import type { Assembly, Stack } from './assembly.ts';
import { orderByDependencies, toPrerequisites } from './order.ts';

/**
 * Gives the stacks that the patterns choose, in dependency order: by name or by the path that the CDK CLI shows.
 *
 * No pattern chooses all. `withDependencies` adds what the chosen ones need.
 *
 * @throws Stop with RT055 for each pattern that matches nothing; with PF131 for a cycle.
 */
export function selectStacks(assembly: Assembly, patterns: readonly string[], withDependencies: boolean): readonly Stack[] {
  if (assembly.stacks.length === 0) throw new Stop(finding('RT055', `The assembly in ${assembly.dir} has no stacks at all.`));
  const ordered = orderByDependencies(assembly.stacks);
  if (patterns.length === 0) return ordered;
  const names = assembly.stacks.map((s) => s.displayName).join(', ');
  const matches = patterns.map((pattern) => {
    const isMatch = picomatch(pattern);
    return { pattern, ids: ordered.filter((s) => isMatch(s.name) || isMatch(s.displayName)).map((s) => s.id) };
  });
  const idle = matches.filter((m) => m.ids.length === 0);
  if (idle.length) throw new Stop(idle.map((m) => finding('RT055', `\`${m.pattern}\` matches none of the stacks: ${names}.`)));
  const ids = matches.flatMap((m) => m.ids);
  const chosen = withDependencies ? toPrerequisites(ordered, ids) : new Set(ids);
  return ordered.filter((s) => chosen.has(s.id));
}
