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
  /** Whether a stack whose deletion failed is deleted to the end: it surely was never stable, or somebody says what of it stays. */
  readonly isDeletedFirst?: boolean;
  /** Whether a creation that failed, and was left so, is gone on with as it is: what it made is there, and may be removed or replaced. */
  readonly goesOn?: boolean;
}

/** What a deployment does to a stack of which nobody can say what it has: the careful guess. */
export const unreadable: StackChange = { action: 'update', because: 'what is there cannot be read' };

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
 * Unchanged is a stack that is settled and whose template, parameters, tags and protection equal the live ones. A
 * parameter that CloudFormation hides or reads from SSM at deployment counts as changed: nobody can say here.
 */
export function judgeChange({ stack, live, liveTemplate, tags, parameters, isDeletedFirst, goesOn }: ChangeQuestion): StackChange {
  if (!live || live.status === 'DELETE_COMPLETE') return { action: 'create', because: 'there is no such stack' };
  if (live.status === 'CREATE_FAILED' && goesOn) return { action: 'update', because: `it is in ${live.status}` };
  if (live.status === 'DELETE_FAILED' && isDeletedFirst)
    return { action: 'recover', because: `it is in ${live.status}, and is deleted first` };
  if (shells.has(live.status)) return { action: 'recover', because: `it is in ${live.status}, so it was never created` };
  if (!settled.has(live.status)) return { action: 'update', because: `it is in ${live.status}` };
  if (!liveTemplate) return unreadable;
  const differences = [
    hasEqualTemplate(stack.template, liveTemplate),
    toCanonicalJson(tags) === toCanonicalJson(live.tags) ? '' : 'tags',
    stack.terminationProtection === live.terminationProtection ? '' : 'termination protection',
    hasEqualParameters(stack, parameters, live) ? '' : 'parameters',
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
    if (typeof value === 'object') return toCanonicalJson(given.before[name] ?? null) === toCanonicalJson(given.after[name] ?? null);
    return String(value) === live.parameters[name] || /^\*+$/.test(live.parameters[name] ?? '');
  });
  const differences = [hasEqualTemplate(stack.template, liveTemplate), isGivenSame ? '' : 'parameters'].filter(Boolean);
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

function hasEqualParameters(stack: Stack, parameters: Readonly<Record<string, string>>, live: LiveStack): boolean {
  return Object.entries(stack.template.Parameters ?? {}).every(([name, { Type, Default, Description }]) => {
    const isSkipped = typeof Description === 'string' && Description.includes('[cdk:skip]');
    if (Type.startsWith('AWS::SSM')) return isSkipped;
    const wanted = parameters[name] ?? live.parameters[name] ?? Default;
    return live.parameters[name] === String(wanted) && !/^\*+$/.test(live.parameters[name] ?? '');
  });
}
