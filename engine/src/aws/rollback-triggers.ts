import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  waitUntilChangeSetCreateComplete,
  type CloudFormationClient,
  type CreateChangeSetCommandInput,
  type Parameter,
} from '@aws-sdk/client-cloudformation';
import { toFilled, toUrlSuffix } from '../assembly/surroundings.ts';
import type { DeployOrder, RollbackTriggers } from '../stack-changes.ts';

/** How long CloudFormation may take to make a change set, in seconds. */
const maxWaitTime = 600;

/** The longest template that goes into a call, in bytes; longer ones are published. */
const maxBodyBytes = 51_200;

/**
 * Makes the change set of an order anew, with the alarms that roll its deployment back, and removes the one that it is made after.
 *
 * The toolkit knows no rollback triggers. What it published is used, and of its change set (`draft`) the topics that are told.
 *
 * @throws what CloudFormation says of a change set that it does not make.
 */
export async function addTriggers(
  client: CloudFormationClient,
  order: DeployOrder,
  triggers: RollbackTriggers,
  draft: string,
): Promise<void> {
  const StackName = order.stack.name;
  const { Stacks: [live] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  const { NotificationARNs } = await client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName: draft }));
  // One of that name is of an earlier run; CloudFormation takes it well when there is none.
  await client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName: order.changeSetName }));
  const made = await client.send(
    new CreateChangeSetCommand({
      ...toRequest(order, triggers, live?.Parameters ?? []),
      ChangeSetType: live?.StackStatus === 'REVIEW_IN_PROGRESS' ? 'CREATE' : 'UPDATE',
      ...(NotificationARNs?.length ? { NotificationARNs } : {}),
    }),
  );
  const waited = { client, maxWaitTime, minDelay: 1, maxDelay: 5 };
  await waitUntilChangeSetCreateComplete(waited, { StackName, ChangeSetName: made.Id ?? order.changeSetName });
  await client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName: draft }));
}

/**
 * Gives the change set of an order with its triggers. A parameter without a value in the order keeps the one that the stack has.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html, RollbackConfiguration, and API_RollbackTrigger.html
 */
export function toRequest(
  { stack, parameters, tags, changeSetName, keepsFailed, method, adopts }: DeployOrder,
  { alarms, monitoringMinutes, at }: RollbackTriggers,
  live: readonly Parameter[],
): CreateChangeSetCommandInput {
  const { execution } = stack.roles;
  const isLive = (name: string) => live.some((p) => p.ParameterKey === name);
  const Parameters = Object.keys(stack.template.Parameters ?? {}).flatMap((ParameterKey): Parameter[] => {
    const ParameterValue = parameters[ParameterKey];
    if (ParameterValue !== undefined) return [{ ParameterKey, ParameterValue }];
    return isLive(ParameterKey) ? [{ ParameterKey, UsePreviousValue: true }] : [];
  });
  return {
    StackName: stack.name,
    ChangeSetName: changeSetName,
    ...toTemplate(stack, at),
    Parameters,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    ...(execution ? { RoleARN: toFilled(execution, at) } : {}),
    ...(adopts.length ? { ImportExistingResources: true } : {}),
    ...(method === 'revert-drift' ? { DeploymentMode: 'REVERT_DRIFT' as const } : { IncludeNestedStacks: true }),
    ...(method === 'express' ? { DeploymentConfig: { Mode: 'EXPRESS' as const, ...(keepsFailed ? {} : { DisableRollback: false }) } } : {}),
    RollbackConfiguration: {
      RollbackTriggers: alarms.map((a) => ({ Arn: a.arn, Type: `AWS::CloudWatch::${a.isComposite ? 'CompositeAlarm' : 'Alarm'}` })),
      MonitoringTimeInMinutes: monitoringMinutes,
    },
  };
}

function toTemplate(
  stack: DeployOrder['stack'],
  at: RollbackTriggers['at'],
): Pick<CreateChangeSetCommandInput, 'TemplateBody' | 'TemplateURL'> {
  const published = stack.assets.find((a) => a.path === stack.templateFile)?.destinations[0];
  if (published) {
    const path = `${toFilled(published.store, at)}/${toFilled(published.name, at)}`;
    return { TemplateURL: `https://s3.${at.region}.${toUrlSuffix(at.region)}/${path}` };
  }
  if (stack.templateBytes > maxBodyBytes)
    throw new Error('the template is not published as an asset, and too long to be sent with rollback alarms');
  return { TemplateBody: JSON.stringify(stack.template) };
}
