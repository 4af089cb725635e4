import type { Stack, Template } from '../assembly/assembly.ts';
import { isEqual, toCanonicalJson } from '../canonical.ts';
import type { LiveStack } from '../world.ts';
import type { StackAction } from './plan.ts';

/** What a deployment does to a stack, and why, in a few words. */
export interface StackChange {
  readonly action: StackAction;
  readonly because: string;
}

/** Values of SSM by the name of the template's parameter; one that is not there could not be read. */
export type SsmValues = Readonly<Record<string, string>>;

/** A stack of the assembly beside the live one. */
export interface ChangeQuestion {
  readonly stack: Stack;
  readonly live: LiveStack | undefined;
  readonly liveTemplate: Template | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  /** What SSM has now for the parameters that stand for its values. Without it they count as what the live stack has. */
  readonly ssm?: SsmValues;
  /** Whether a stack whose deletion failed is deleted to the end: it surely was never stable, or somebody says what of it stays. */
  readonly isDeletedFirst?: boolean;
  /** Whether a creation that failed, and was left so, is gone on with as it is: what it made is there, and may be removed or replaced. */
  readonly goesOn?: boolean;
}

/** What a deployment does to a stack of which nobody can say what it has: the careful guess. */
export const unreadable: StackChange = { action: 'update', because: 'what is there cannot be read' };

/** What a deployment does to a stack whose template has no resources: nothing. The toolkit would delete one that is there. */
export const emptied: StackChange = { action: 'unchanged', because: 'its template has no resources' };

/** Says whether a template has no resources at all; those that a condition leaves out are some, which CloudFormation takes. */
export const hasNoResources = ({ Resources = {} }: Template): boolean => Object.keys(Resources).length === 0;

/** States in which a stack is as it was last deployed, or as it was before a failed update. */
export const settled: ReadonlySet<string> = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'IMPORT_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);

/** States of a stack that was never created: a new creation needs it gone. */
const shells = new Set(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'REVIEW_IN_PROGRESS']);

/**
 * Gives what a deployment does to a stack, without a change set.
 *
 * Unchanged is a stack that is settled and whose template, parameters, tags, topics and protection equal the live ones. A hidden parameter
 * that the run gives counts as changed: nobody can say here.
 */
export function judgeChange({ stack, live, liveTemplate, tags, parameters, ssm, isDeletedFirst, goesOn }: ChangeQuestion): StackChange {
  if (!live || live.status === 'DELETE_COMPLETE') return { action: 'create', because: 'there is no such stack' };
  if (live.status === 'CREATE_FAILED' && goesOn) return { action: 'update', because: `it is in ${live.status}` };
  if (live.status === 'DELETE_FAILED' && isDeletedFirst)
    return { action: 'recover', because: `it is in ${live.status}, and is deleted first` };
  if (shells.has(live.status)) return { action: 'recover', because: `it is in ${live.status}, so it was never created` };
  if (!settled.has(live.status)) return { action: 'update', because: `it is in ${live.status}` };
  if (!liveTemplate) return unreadable;
  const differences = [
    judgeTemplate(stack.template, liveTemplate),
    toCanonicalJson(tags) === toCanonicalJson(live.tags) ? '' : 'tags',
    stack.terminationProtection === live.terminationProtection ? '' : 'termination protection',
    hasEqualTopics(stack, live) ? '' : 'notification topics',
    ...toChangedParameters(stack, parameters, live, ssm ?? live.resolved ?? {}),
  ].filter(Boolean);
  if (differences.length === 0) return { action: 'unchanged', because: 'it equals the live stack' };
  return { action: 'update', because: `${differences.join(', ')} changed` };
}

/** A nested stack beside the live one. */
export interface NestedQuestion extends Pick<ChangeQuestion, 'live' | 'liveTemplate'> {
  readonly stack: { readonly template: Template };
  /** What its parent gives it, as far as that is known. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The words of the parent for the same, before and now. */
  readonly given: { readonly before: Readonly<Record<string, unknown>>; readonly after: Readonly<Record<string, unknown>> };
}

/**
 * Gives what a deployment does to a nested stack whose parent is updated.
 *
 * What its parameters come to at the deployment is not known: one that is given in the same words counts as the same.
 */
export function judgeNestedChange({ stack, live, liveTemplate, parameters, given }: NestedQuestion): StackChange {
  if (!live || live.status === 'DELETE_COMPLETE') return { action: 'create', because: 'there is no such stack' };
  if (!settled.has(live.status)) return { action: 'update', because: `it is in ${live.status}` };
  if (!liveTemplate) return unreadable;
  const isGivenSame = Object.entries(stack.template.Parameters ?? {}).every(([name, { Default }]) => {
    const value = parameters[name] ?? Default;
    if (typeof value === 'object') return isEqual(given.before[name], given.after[name]);
    return String(value) === live.parameters[name] || /^\*+$/.test(live.parameters[name] ?? '');
  });
  const differences = [judgeTemplate(stack.template, liveTemplate), isGivenSame ? '' : 'parameters'].filter(Boolean);
  if (differences.length === 0) return { action: 'unchanged', because: 'it equals the live stack' };
  return { action: 'update', because: `${differences.join(', ')} changed` };
}

/**
 * CloudFormation gives `?` for every character beyond ASCII: where a template has any, nobody can say here that it is unchanged.
 */
function judgeTemplate(template: Template, live: Template): string {
  const wanted = toCanonicalJson(template);
  if (wanted === toCanonicalJson(live)) return '';
  return toMangled(wanted) === toCanonicalJson(live) ? 'text beyond ASCII perhaps' : 'template';
}

/** Gives a text as CloudFormation gives it back. */
export const toMangled = (text: string): string => text.replace(/[^\u0000-\u007f]/gu, '?');

/** An app that says nothing of topics leaves those that are there. */
const hasEqualTopics = ({ notificationArns }: Stack, live: LiveStack): boolean =>
  notificationArns === undefined || toCanonicalJson(notificationArns) === toCanonicalJson(live.notificationArns ?? []);

/** Gives what is to be said of the parameters: that they changed, or that hidden ones perhaps did; nothing where they did not. */
function toChangedParameters(
  { template }: Stack,
  given: Readonly<Record<string, string>>,
  live: LiveStack,
  ssm: SsmValues,
): readonly string[] {
  const changed = Object.entries(template.Parameters ?? {}).map(([name, parameter]) => {
    const { [name]: there } = live.parameters;
    const wanted = given[name] ?? there ?? parameter.Default;
    const isHidden = /^\*+$/.test(there ?? '');
    if (isHidden) return name in given ? 'hidden' : '';
    if (there === undefined || there !== String(wanted)) return 'shown';
    const isAsRead = !isOfSsm(parameter) || (name in ssm && ssm[name] === live.resolved?.[name]);
    return isAsRead ? '' : 'shown';
  });
  return [...(changed.includes('shown') ? ['parameters'] : []), ...(changed.includes('hidden') ? ['hidden parameters perhaps'] : [])];
}

type Parameter = NonNullable<Template['Parameters']>[string];

/** Says whether a parameter stands for a value of SSM that makes a difference: the CDK says to pass over that of its bootstrap. */
const isOfSsm = ({ Type, Description }: Parameter): boolean =>
  Type.startsWith('AWS::SSM::Parameter::Value<') && !(typeof Description === 'string' && Description.includes('[cdk:skip]'));

/** Gives the names of the parameters of a template that stand for values of SSM. */
export const toSsmParameters = ({ Parameters = {} }: Template): readonly string[] =>
  Object.keys(Parameters).filter((name) => Parameters[name] && isOfSsm(Parameters[name]));
