import type { Stack } from '../../../../engine/src/assembly/assembly.ts';
import type { Surroundings } from '../../../../engine/src/assembly/surroundings.ts';
import { toServiceName, type ServiceName } from '../../../../engine/src/cause/tasks.ts';
import { toPlace } from '../../../../engine/src/checks/check.ts';
import { finding, type Finding, type Place } from '../../../../engine/src/finding.ts';
import type { StackResource } from '../../../../engine/src/stack-readings.ts';
import { isImage, type WantedLine } from './wanted.ts';

/** A service or function of a stack that is there. */
export type Target = {
  /** `<stack>/<logical id>`. */
  readonly id: string;
  readonly stack: string;
  readonly at: Surroundings;
  readonly place: Place;
  /** All that a line may call it: stack, construct path and those above it, logical id, its name in AWS. */
  readonly names: ReadonlySet<string>;
} & (
  | { readonly kind: 'service'; readonly service: ServiceName }
  | { readonly kind: 'function'; readonly name: string; readonly aliases: readonly string[] }
);

/** A target, and the code that it is to run. `isNamed` says that its line can mean nothing else. */
export interface Match {
  readonly target: Target;
  readonly line: WantedLine;
  readonly isNamed: boolean;
}

/** Gives the services and functions of a stack. */
export function toTargets(stack: Stack, at: Surroundings, resources: ReadonlyMap<string, StackResource>): readonly Target[] {
  const there = [...resources.values()].filter((r) => r.physicalId !== '' && r.status !== 'DELETE_COMPLETE');
  return there.flatMap((r): Target[] => {
    const base = { id: `${stack.name}/${r.logicalId}`, stack: stack.name, at, place: toPlace(stack, r.logicalId) };
    if (r.type === 'AWS::ECS::Service') {
      const service = toServiceName(r.physicalId);
      return service ? [{ ...base, kind: 'service', service, names: toNames(stack, r.logicalId, service.service) }] : [];
    }
    if (r.type !== 'AWS::Lambda::Function') return [];
    const aliases = there.flatMap((a) => (a.type === 'AWS::Lambda::Alias' ? toAliasOf(a.physicalId, r.physicalId) : []));
    return [{ ...base, kind: 'function', name: r.physicalId, aliases, names: toNames(stack, r.logicalId, r.physicalId) }];
  });
}

/** The physical id of an alias is its ARN: that of the function, and its name. */
const toAliasOf = (alias: string, name: string): readonly string[] => {
  const [, of, called = ''] = /:function:([^:]+):([^:]+)$/.exec(alias) ?? [];
  return of === name ? [called] : [];
};

function toNames(stack: Stack, logicalId: string, name: string): ReadonlySet<string> {
  const parts = (stack.paths.get(logicalId) ?? '').split('/');
  const paths = parts.map((_, i) => parts.slice(0, i + 1).join('/')).filter((path) => path.length >= stack.displayName.length);
  return new Set([stack.name, stack.displayName, ...paths, `${stack.name}/${logicalId}`, logicalId, name]);
}

/**
 * Gives which target gets the code of which line.
 *
 * A line that names several targets, such as a stack, is for those whose kind takes its code; what no line names gets that of the line
 * for all. A line that is for nothing is a problem, and so are two for one target.
 */
export function matchTargets(
  targets: readonly Target[],
  lines: readonly WantedLine[],
): { readonly matches: readonly Match[]; readonly problems: readonly Finding[] } {
  const found = lines.map((line) => ({ line, targets: toNamed(targets, line) }));
  const isOwn = (target: Target) => found.some((f) => f.line.where !== undefined && f.targets.includes(target));
  const matches = found.flatMap(({ line, targets: named }): Match[] =>
    named
      .filter((target) => line.where !== undefined || !isOwn(target))
      .map((target) => ({ target, line, isNamed: line.where !== undefined && named.length === 1 })),
  );
  const idle = found.filter((f) => f.targets.length === 0).map(({ line }) => finding('DP180', `${toSaid(line)}: ${toThere(targets)}.`));
  const twice = targets
    .filter((target) => matches.filter((m) => m.target === target).length > 1)
    .map((target) => finding('DP180', `${target.id} is named by more than one line of \`code\`.`, target.place));
  return { matches, problems: [...idle, ...twice] };
}

function toNamed(targets: readonly Target[], { where, code }: WantedLine): readonly Target[] {
  if (where === undefined) return targets.filter((t) => t.kind === 'service');
  const named = targets.filter((t) => t.names.has(where));
  return named.length < 2 ? named : named.filter((t) => isImage(code) === (t.kind === 'service'));
}

const toSaid = ({ where, text }: WantedLine): string =>
  where === undefined
    ? `\`image-tag\` ${text.slice(1)} is for the services of the chosen stacks, and they have none`
    : `\`code\` names ${where}, which is no service or function that takes ${text}`;

const toThere = (targets: readonly Target[]): string =>
  targets.length ? `there are ${targets.map((t) => t.id).join(', ')}` : 'the chosen stacks have no services and no functions';
