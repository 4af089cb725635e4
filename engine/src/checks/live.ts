import { evaluate, Open, type Scope } from '../assembly/evaluate.ts';
import { toGiven } from '../assembly/nested-scope.ts';
import type { Ask } from './ask.ts';
import type { TemplateFacts } from '../template-facts.ts';

/**
 * Gives a value that the template leaves open, as the deployment will find it: by what the live stack, the exports and the
 * parameters of SSM say today.
 *
 * Stays open: what this very deployment makes, replaces or exports anew, and what may not be read.
 */
export const close = (value: unknown, facts: TemplateFacts, ask: Ask): unknown => evaluate(value, toLiveScope(facts, ask));

function toLiveScope(facts: TemplateFacts, ask: Ask): Scope {
  const { at, scope, change, changes, live } = facts;
  const isThere = live?.kind === 'known' && live.value && change.action !== 'create' && change.action !== 'recover';
  const anew = new Set(changes.filter((c) => c.action !== 'update').map((c) => c.logicalId));
  const find = (logicalId: string) => {
    const answer = isThere && !anew.has(logicalId) ? ask(at, 'stackResources', { stack: facts.stack.name }) : undefined;
    return answer?.kind === 'known' ? answer.value?.get(logicalId) : undefined;
  };
  return {
    ...scope,
    given: (parameter) => {
      const value = facts.parent ? toGiven(close(scope.parameters[parameter], facts.parent, ask)) : undefined;
      return typeof value === 'string' ? value : undefined;
    },
    ref: (logicalId) => find(logicalId)?.physicalId || undefined,
    attribute: (logicalId, name) => {
      const found = find(logicalId);
      if (name.startsWith('Outputs.')) return scope.attribute?.(logicalId, name);
      const answer = found?.physicalId ? ask(at, 'resource', { type: found.type, identifier: found.physicalId }) : undefined;
      return answer?.kind === 'known' ? name.split('.').reduce<unknown>(toPart, answer.value) : undefined;
    },
    imported: (name) => {
      const answer = ask(at, 'exports', {});
      return answer?.kind === 'known' ? answer.value.get(name)?.value : undefined;
    },
    ssm: (name) => {
      const answer = ask(at, 'parameter', { name });
      return answer?.kind === 'known' ? answer.value?.value : undefined;
    },
  };
}

const toPart = (value: unknown, key: string): unknown =>
  value !== null && typeof value === 'object' && !(value instanceof Open) ? (value as Record<string, unknown>)[key] : undefined;
