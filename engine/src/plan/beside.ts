import type { StackFacts } from '../facts.ts';
import { hideValues, isHidden } from './hide.ts';
import type { PropertyChange } from './plan.ts';

type Values = Readonly<Record<string, string>>;

/**
 * Gives what changes beside the template of a stack that is updated: its termination protection, then tags, then parameters.
 *
 * A side that has no such thing is not there; of a parameter without echo neither is, because nobody can say what it was.
 */
export function toBeside(facts: Pick<StackFacts, 'stack' | 'live' | 'change' | 'tags' | 'parameters'>): readonly PropertyChange[] {
  const { stack, change, tags } = facts;
  const live = facts.live?.kind === 'known' ? facts.live.value : undefined;
  if (!live || change.action !== 'update') return [];
  const declared = Object.entries(stack.template.Parameters ?? {});
  const isSecret = (name: string): boolean => isHidden(stack.template.Parameters, name);
  const wanted = declared.flatMap(([name, { Default }]): [string, string][] => {
    const value = facts.parameters[name] ?? live.parameters[name] ?? Default;
    return value === undefined || isSecret(name) ? [] : [[name, String(value)]];
  });
  const was = Object.fromEntries(declared.flatMap(([name]) => (isSecret(name) ? [] : toEntry(name, live.parameters))));
  const given = Object.keys(facts.parameters).filter(isSecret);
  return [
    ...toDifferences('termination protection', toSwitch(live.terminationProtection), toSwitch(stack.terminationProtection)),
    ...toDifferences('tag ', live.tags, tags),
    ...toDifferences('parameter ', was, Object.fromEntries(wanted)),
    ...given.sort().map((name): PropertyChange => ({ path: `parameter ${name}`, replaces: 'no' })),
  ];
}

/** Says whether a change turns the protection of a stack off. */
export const isUnprotecting = ({ path, after }: PropertyChange): boolean => path === 'termination protection' && after === 'off';

const toSwitch = (isOn: boolean): Values => ({ '': isOn ? 'on' : 'off' });

const toEntry = (name: string, values: Values): [string, string][] => {
  const value = values[name];
  return value === undefined ? [] : [[name, value]];
};

function toDifferences(what: string, before: Values, after: Values): readonly PropertyChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const shown = { before: hideValues(before), after: hideValues(after) };
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => ({
      path: `${what}${name}`,
      ...(name in before ? { before: shown.before[name] } : {}),
      ...(name in after ? { after: shown.after[name] } : {}),
      replaces: 'no',
    }));
}
