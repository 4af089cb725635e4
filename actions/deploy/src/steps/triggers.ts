import { toAlarmArn, toAlarmNamesAt } from '../../../../engine/src/alarms.ts';
import { known, toSentence } from '../../../../engine/src/answer.ts';
import type { Environment } from '../../../../engine/src/config/environment.ts';
import type { StackFacts } from '../../../../engine/src/facts.ts';
import type { DeployOrder } from '../../../../engine/src/stack-changes.ts';
import type { Cloud, World } from '../../../../engine/src/world.ts';

/**
 * Gives the alarms of an environment as the change set of a stack has them; none where there are none, and the stack has none either.
 *
 * CloudFormation wants to be told which of them are composite. Where that cannot be read they are taken for plain ones: it refuses what is not so.
 */
export async function toTriggers(
  rollback: Environment['rollback'],
  { stack, at, live }: StackFacts,
  { readings }: Cloud,
  { log }: World,
): Promise<Pick<DeployOrder, 'triggers'>> {
  const isNone = rollback?.alarms.length === 0 && !(live?.kind === 'known' && live.value?.rollback);
  if (!rollback || isNone) return {};
  const names = toAlarmNamesAt(rollback.alarms, at);
  const found = names.length ? await readings.alarms({ names }) : known([]);
  if (found.kind === 'unknown') log.debug(`${stack.name}: the kinds of its rollback alarms are not known: ${toSentence(found.because)}`);
  const composite = found.kind === 'known' ? found.value.filter((a) => a.isComposite).map((a) => toAlarmArn(a.name, at)) : [];
  const arns = rollback.alarms.map((alarm) => toAlarmArn(alarm, at));
  const alarms = arns.map((arn) => ({ arn, isComposite: composite.includes(arn) }));
  return { triggers: { alarms, monitoringMinutes: rollback.monitoringMinutes, at } };
}
