import type { StackFacts } from '../facts.ts';
import { isTemplateAlone } from '../plan/make-plan.ts';
import { findCodeChange, noCodeChange, type CodeChange } from './code-change.ts';

/** How many changes an answer names. */
const named = 3;

/**
 * Gives what of a stack gets other code, where that is all that a deployment changes; otherwise why it needs CloudFormation.
 *
 * `account` is that of the credentials: the deploy role of another one may change stacks, and not what is in them.
 */
export function judgeSwap(facts: StackFacts, account: string): { readonly code: CodeChange } | { readonly why: string } {
  const { at, change, stack, live, liveTemplate } = facts;
  if (at.account !== account) return { why: `it is in the account ${at.account}, and not in that of the credentials` };
  if (change.action === 'unchanged') return { code: noCodeChange };
  if (!liveTemplate || !isTemplateAlone(facts)) return { why: change.because };
  if (live?.kind === 'known' && live.value?.rollback?.alarms.length) return { why: 'it has rollback alarms, which only change sets watch' };
  const found = findCodeChange(liveTemplate, stack.template);
  if ('code' in found) return found;
  const more = found.more.length > named ? ` and ${found.more.length - named} more` : '';
  return { why: `it changes more than code: ${found.more.slice(0, named).join(', ')}${more}` };
}
