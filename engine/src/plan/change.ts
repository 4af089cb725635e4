import type { Stack, Template } from '../assembly/assembly.ts';
import { toCanonicalJson } from '../canonical.ts';
import type { LiveStack } from '../world.ts';
import type { StackAction } from './plan.ts';

/** What a deployment does to a stack, and why, in a few words. */
export interface StackChange {
  readonly action: StackAction;
  readonly because: string;
}

/** A stack of the assembly beside the live one. */
export interface ChangeQuestion {
  readonly stack: Stack;
  readonly live: LiveStack | undefined;
  readonly liveTemplate: Template | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether the stack surely was never stable; asked of a stack whose deletion failed. */
  readonly wasNeverStable?: boolean;
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
 * Unchanged is a stack that is settled and whose template, parameters, tags, topics and protection equal the live ones. A
 * parameter that CloudFormation hides or reads from SSM at deployment counts as changed: nobody can say here.
 */
export function judgeChange({ stack, live, liveTemplate, tags, parameters, wasNeverStable, goesOn }: ChangeQuestion): StackChange {
  if (!live || live.status === 'DELETE_COMPLETE') return { action: 'create', because: 'there is no such stack' };
  if (live.status === 'CREATE_FAILED' && goesOn) return { action: 'update', because: `it is in ${live.status}` };
  if (shells.has(live.status) || (live.status === 'DELETE_FAILED' && wasNeverStable))
    return { action: 'recover', because: `it is in ${live.status}, so it was never created` };
  if (!settled.has(live.status)) return { action: 'update', because: `it is in ${live.status}` };
  if (!liveTemplate) return unreadable;
  const differences = [
    hasEqualTemplate(stack.template, liveTemplate),
    toCanonicalJson(tags) === toCanonicalJson(live.tags) ? '' : 'tags',
    stack.terminationProtection === live.terminationProtection ? '' : 'termination protection',
    hasEqualTopics(stack, live) ? '' : 'notification topics',
    hasEqualParameters(stack, parameters, live) ? '' : 'parameters',
  ].filter(Boolean);
  if (differences.length === 0) return { action: 'unchanged', because: 'it equals the live stack' };
  return { action: 'update', because: `${differences.join(', ')} changed` };
}

/**
 * CloudFormation gives `?` for every character beyond ASCII: where a template has any, nobody can say here that it is unchanged.
 */
function hasEqualTemplate(template: Template, live: Template): string {
  const wanted = toCanonicalJson(template);
  if (wanted === toCanonicalJson(live)) return '';
  return toMangled(wanted) === toCanonicalJson(live) ? 'text beyond ASCII perhaps' : 'template';
}

/** Gives a text as CloudFormation gives it back. */
export const toMangled = (text: string): string => text.replace(/[^\u0000-\u007f]/gu, '?');

/** An app that says nothing of topics leaves those that are there. */
const hasEqualTopics = ({ notificationArns }: Stack, live: LiveStack): boolean =>
  notificationArns === undefined || toCanonicalJson(notificationArns) === toCanonicalJson(live.notificationArns ?? []);

function hasEqualParameters(stack: Stack, parameters: Readonly<Record<string, string>>, live: LiveStack): boolean {
  return Object.entries(stack.template.Parameters ?? {}).every(([name, { Type, Default, Description }]) => {
    const isSkipped = typeof Description === 'string' && Description.includes('[cdk:skip]');
    if (Type.startsWith('AWS::SSM')) return isSkipped;
    const wanted = parameters[name] ?? live.parameters[name] ?? Default;
    return live.parameters[name] === String(wanted) && !/^\*+$/.test(live.parameters[name] ?? '');
  });
}
