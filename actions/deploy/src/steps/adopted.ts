import { toSentence } from '../../../../engine/src/answer.ts';
import { toPlace } from '../../../../engine/src/checks/check.ts';
import type { StackFacts } from '../../../../engine/src/facts.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { Readings } from '../../../../engine/src/readings.ts';
import type { NamedResource } from '../../../../engine/src/template-facts.ts';
import type { StackOutcome } from '../../../../engine/src/report/report.ts';
import type { Cloud } from '../../../../engine/src/world.ts';

/**
 * Says of what a failed deployment was to adopt whether it is still there, and whose it is.
 *
 * Of a stack that is still changing nothing is said: that it will be somebody's is not sure yet.
 */
export async function tellAdopted(facts: StackFacts, { kind }: StackOutcome, { readings }: Cloud): Promise<readonly Finding[]> {
  if (kind !== 'rolled-back' && kind !== 'failed') return [];
  const adopted = facts.named.filter(({ logicalId }) => facts.adopts.includes(logicalId));
  return Promise.all(adopted.map((resource) => tellOne(resource, facts, readings)));
}

async function tellOne({ type, name, logicalId }: NamedResource, { stack }: StackFacts, readings: Readings): Promise<Finding> {
  const place = toPlace(stack, logicalId);
  const [presence, owner] = await Promise.all([readings.presence({ type, name }), readings.owner({ type, physicalId: name })]);
  if (presence.kind === 'unknown')
    return finding('DP138', `Nobody can say whether the ${type} ${name} is there: ${toSentence(presence.because)}.`, place);
  if (presence.value.kind !== 'present') return finding('DP138', `The ${type} ${name} is not there any more.`, place);
  const whose =
    owner.kind === 'unknown'
      ? `whose it is cannot be read: ${toSentence(owner.because)}`
      : owner.value
        ? `it is in the stack ${owner.value.stack}, as ${owner.value.logicalId}`
        : 'it belongs to no stack, as before';
  return finding('DP137', `The ${type} ${name} is there; ${whose}.`, place);
}
