import type { Answer, NotRead } from './answer.ts';
import type { Resource, Stack, Template, TemplateStack } from './assembly/assembly.ts';
import { evaluate, holds, isOpen, toText, type Scope } from './assembly/evaluate.ts';
import type { Surroundings } from './assembly/surroundings.ts';
import { isEqual } from './canonical.ts';
import { nameProperty } from './names.ts';
import { ownNames } from './own-names.ts';
import type { StackChange } from './plan/change.ts';
import type { ResourceChange } from './plan/plan.ts';
import type { LiveStack } from './world.ts';

/** One resource of a template whose condition does not say that it is left out. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  /** Evaluated without AWS: what waits for the deployment is an `Open` (see `close`). */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly resource: Resource;
}

/** A resource whose name the template fixes. */
export interface NamedResource {
  readonly stack: TemplateStack;
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
}

/**
 * One template beside what AWS has of it: that of a stack of the assembly, or of a stack nested in one.
 *
 * All that can be said of resources is said of this; what is said of stacks of the assembly alone needs `StackFacts`.
 */
export interface TemplateFacts {
  readonly stack: TemplateStack;
  /** The stack of the assembly that it is, or is nested in. */
  readonly root: Stack;
  /** What it is nested in right away. */
  readonly parent?: TemplateFacts;
  readonly at: Surroundings;
  /** What its expressions may refer to, as far as AWS need not be asked. */
  readonly scope: Scope;
  /** Whether nobody can say if there is such a nested stack at all: a condition of it, or of one around it, is open. */
  readonly isConditional?: boolean;
  readonly resources: readonly TemplateResource[];
  readonly named: readonly NamedResource[];
  /** Undefined when nothing was asked of AWS. */
  readonly live?: Answer<LiveStack | undefined>;
  readonly liveTemplate?: Template;
  /** The physical id that the live stack around a nested one has of it. */
  readonly listedAs?: string;
  /** What of the live stack could not be read; its change is then a guess on the careful side. */
  readonly unread: readonly NotRead[];
  /** A nested stack that goes is one that is updated to an empty template. */
  readonly change: StackChange;
  /** The resource changes, in the order of the plan. Empty for an unchanged stack, and for one whose live template cannot be read. */
  readonly changes: readonly ResourceChange[];
  /** Logical ids of its resources that exist, belong to no stack, and are taken into it; none of a nested stack. */
  readonly adopts: readonly string[];
}

/** A template that was read, before it is known what changes. */
export type ReadTemplate = Omit<TemplateFacts, 'changes' | 'adopts' | 'parent'> & { readonly parent?: ReadTemplate };

/** Gives why nobody can say which stack in AWS a nested one is; undefined where that is known, or it surely is none yet. */
export const toUnnamed = ({ parent, stack, unread }: TemplateFacts): NotRead | undefined =>
  parent && stack.name === stack.displayName ? unread[0] : undefined;

/** Gives why nobody can say whether a stack in AWS is one that is nested in a stack of the run: of such, its name begins with that one's. */
export const toPerhapsNested = (name: string, templates: readonly TemplateFacts[]): NotRead | undefined =>
  templates.flatMap((t) => (name.startsWith(`${t.root.name}-`) ? (toUnnamed(t) ?? []) : []))[0];

/** A parameter that the run does not give keeps the value that it has. */
export const toLiveParameters = (live: TemplateFacts['live']): Readonly<Record<string, string>> =>
  live?.kind === 'known' ? (live.value?.parameters ?? {}) : {};

/** Gives the resources of the template of a stack, and those that have names of their own. */
export function toResources(stack: TemplateStack, scope: Scope, isConditional = false): Pick<TemplateFacts, 'resources' | 'named'> {
  const resources = toEvaluated(stack.template, scope);
  const named = resources.flatMap(({ logicalId, type, properties, resource }) => {
    const name = isSure(resource, { scope, isConditional }) ? toText(properties[nameProperty(type) ?? ownNames[type] ?? '']) : undefined;
    return name === undefined ? [] : [{ stack, logicalId, type, name }];
  });
  return { resources, named };
}

/** Says whether a resource or an output is made for sure: no condition of it is open, nor of a nested stack that it is in. */
export const isSure = (
  { Condition }: Pick<Resource, 'Condition'>,
  { scope, isConditional }: Pick<TemplateFacts, 'scope' | 'isConditional'>,
): boolean => !isConditional && (Condition === undefined || holds(Condition, scope) === true);

/** Gives the resources of a template of a stack, evaluated as far as its scope reaches; those that a condition leaves out are not there. */
function toEvaluated(template: Template, scope: Scope): readonly TemplateResource[] {
  const within = { ...scope, stack: { ...scope.stack, template } };
  return Object.entries(template.Resources ?? {})
    .filter(([, resource]) => typeof resource.Type === 'string') // a macro that stands for resources is none itself
    .filter(([, resource]) => !resource.Condition || holds(resource.Condition, within) !== false)
    .map(([logicalId, resource]) => ({
      logicalId,
      type: resource.Type,
      properties: (evaluate(resource.Properties ?? {}, within) ?? {}) as Readonly<Record<string, unknown>>,
      resource,
    }));
}

type Live = Pick<TemplateFacts, 'liveTemplate' | 'live' | 'scope'>;

/**
 * Gives what CloudFormation does with what its template lets go of, or replaces, in its own word: by its policy, evaluated in the scope of
 * that template. One that is open until the deployment counts as `Delete`, the worst case.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-languageextensions.html
 */
export const toPolicy = (policy: unknown, scope: Scope): string => toText(evaluate(policy, scope)) ?? 'Delete';

/** What the expressions of the live template may refer to: the parameters that the live stack has, and nothing of the new nested ones. */
export const toLiveScope = ({ liveTemplate = {}, live, scope: { stack, at } }: Live): Scope => ({
  stack: { ...stack, template: liveTemplate },
  at,
  parameters: toLiveParameters(live),
});

/** Gives the resources of the live template of a stack, evaluated with the parameters that it has. */
export const toLiveResources = (facts: Live): readonly TemplateResource[] =>
  facts.liveTemplate ? toEvaluated(facts.liveTemplate, toLiveScope(facts)) : [];

/** Says whether a value of the live template surely comes to the same as one of the new template. */
export function isSame(before: unknown, after: unknown, facts: Live): boolean {
  const values = [evaluate(before, toLiveScope(facts)), evaluate(after, facts.scope)];
  return !values.some(isOpen) && isEqual(values[0], values[1]);
}
