import { nestedStackType } from '../assembly/assembly.ts';
import { findTemplateFile } from '../assembly/nested.ts';
import { finding, type Finding } from '../finding.ts';
import type { TemplateFacts, TemplateResource } from '../template-facts.ts';
import { notRun, toPlace, type Check } from './check.ts';

/** Says which nested stacks were not looked into, and why; and which of them somebody deleted. */
export const nestedStacks: Check = {
  name: 'nested stacks',
  tier: 'static',
  judge: ({ templates }) =>
    templates.flatMap((t) => (t.change.action === 'unchanged' ? [] : [...judgeHeld(t), ...judgeUnread(t), ...judgeDeleted(t)])),
};

const judgeHeld = (facts: TemplateFacts): readonly Finding[] =>
  facts.resources.flatMap((r) => (r.type === nestedStackType && !isRead(r, facts) ? [toUnseen(r, facts)] : []));

const judgeUnread = ({ parent, stack, unread }: TemplateFacts): readonly Finding[] =>
  parent
    ? unread
        .filter((because) => !parent.unread.includes(because))
        .map((because) => notRun(`live nested stack ${stack.displayName}`, because, toPlace(stack)))
    : [];

const isRead = ({ logicalId }: TemplateResource, { stack }: TemplateFacts): boolean => stack.nested.some((n) => n.logicalId === logicalId);

function toUnseen({ logicalId, resource }: TemplateResource, { stack, root }: TemplateFacts): Finding {
  const file = findTemplateFile(resource, stack, root.assets);
  const why = file === undefined ? 'its template is not of the assembly' : `${file} is not there, or no template that can be read as JSON`;
  return finding('PF203', `The nested stack ${logicalId} of ${stack.name} was not looked into: ${why}.`, toPlace(stack, logicalId));
}

/** CloudFormation updates it all the same, which fails; to let go of it does not. Months after, AWS does not know it any more. */
function judgeDeleted({ live, listedAs, stack }: TemplateFacts): readonly Finding[] {
  const isWanted = stack.templateFile !== '';
  if (!isWanted || listedAs === undefined || live?.kind !== 'known') return [];
  if ((live.value?.status ?? 'DELETE_COMPLETE') !== 'DELETE_COMPLETE') return [];
  const message = `The ${nestedStackType} ${stack.displayName} (${listedAs}) is not there any more, and would be updated.`;
  return [finding('PF201', message, toPlace(stack))];
}
