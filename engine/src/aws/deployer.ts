import type { StackActivity } from '@aws-cdk/toolkit-lib';
import type { Deployer, DeployOrder, Progress } from '../world.ts';
import type { ClientConfig } from './call.ts';
import { createToolkit, loadToolkit, type ToolkitMessage } from './toolkit.ts';

/** How often CloudFormation is asked for the events of a stack, in milliseconds. */
const pollMs = 1_000;

/** Makes the port that deploys stacks through the CDK toolkit: assets, change set, execution, and the wait for its end. */
export function createDeployer(config: ClientConfig): Deployer {
  return {
    deploy: async (order, onProgress) => {
      try {
        return { noOp: await deployOne(order, config, onProgress) };
      } catch (thrown) {
        return { error: thrown instanceof Error ? thrown.message : String(thrown) };
      }
    },
  };
}

/** Gives whether nothing had to be changed. */
async function deployOne(order: DeployOrder, config: ClientConfig, onProgress: (progress: Progress) => void): Promise<boolean> {
  const { StackParameters, StackSelectionStrategy, ExpandStackSelection } = await loadToolkit();
  let noOp = false;
  const toolkit = await createToolkit(config, (message) => {
    if (message.code === 'CDK_TOOLKIT_I5900') noOp = (message.data as { noOp?: boolean }).noOp === true;
    toProgress(message).forEach(onProgress);
  });
  const source = await toolkit.fromAssemblyDirectory(order.assembly);
  const { stack, parameters, tags, changeSetName } = order;
  await toolkit.deploy(source, {
    stacks: {
      strategy: StackSelectionStrategy.PATTERN_MUST_MATCH_SINGLE,
      patterns: [stack.displayName],
      expand: ExpandStackSelection.NONE,
    },
    deploymentMethod: { method: 'change-set', changeSetName },
    parameters: StackParameters.withExisting(
      Object.fromEntries(Object.entries(parameters).map(([key, value]) => [`${stack.name}:${key}`, value])),
    ),
    tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    stackEventPollingInterval: pollMs,
  });
  return noOp;
}

function toProgress({ code, data }: ToolkitMessage): Progress[] {
  if (code !== 'CDK_TOOLKIT_I5502') return [];
  const { event } = data as StackActivity;
  return [
    {
      logicalId: event.LogicalResourceId ?? '',
      type: event.ResourceType ?? '',
      status: event.ResourceStatus ?? '',
      reason: event.ResourceStatusReason ?? '',
    },
  ];
}
