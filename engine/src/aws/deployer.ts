import type { StackActivity, StackSelector } from '@aws-cdk/toolkit-lib';
import { toFilled } from '../assembly/surroundings.ts';
import type { DeployEnd, Deployer, DeployOrder, Progress, RollbackTriggers } from '../stack-changes.ts';
import { clientDefaults, toWhy, type ClientConfig } from './call.ts';
import { toRoleConfig } from './identity.ts';
import { createToolkit, loadToolkit, type ToolkitMessage } from './toolkit.ts';
import { findStrays, toMethod, type Phase } from './deployment-method.ts';
import { toClients } from './destroyer.ts';
import { addTriggers } from './rollback-triggers.ts';

/** How often CloudFormation is asked for the events of a stack, in milliseconds. */
const pollMs = 1_000;

/**
 * Makes the port that deploys stacks through the CDK toolkit: assets, change set, execution, and the wait for its end.
 *
 * In another account than that of the credentials (`isElsewhere`) a rehearsal is removed as the deploy role of its stack.
 */
export function createDeployer(config: ClientConfig, isElsewhere = false): Deployer {
  return {
    deploy: async (order, onProgress) => {
      try {
        const { triggers } = order;
        return await (triggers ? deployWatched(order, triggers, config, isElsewhere, onProgress) : deployOne(order, config, onProgress));
      } catch (thrown) {
        return { error: toMessage(thrown), ...(isLost(thrown) ? { isLost: true } : {}) };
      }
    },
    rehearse: async (order) => {
      const error = await deployOne(order, config, () => {}, 'prepare').then(
        () => undefined,
        (thrown: unknown) => toMessage(thrown),
      );
      const left = await removeRehearsal(order, config, isElsewhere);
      return { ...(error === undefined ? {} : { error }), ...(left ? { left } : {}) };
    },
    publish: async ({ assembly, stack }) => {
      try {
        const toolkit = await createToolkit(config, () => {}, { unstableFeatures: ['publish-assets'] });
        await toolkit.publishAssets(await toolkit.fromAssemblyDirectory(assembly), { stacks: await toSelector(stack) });
        return {};
      } catch (thrown) {
        return { error: toMessage(thrown) };
      }
    },
  };
}

/** Chooses one stack of an assembly, and none that it needs. */
async function toSelector({ displayName }: DeployOrder['stack']): Promise<StackSelector> {
  const { StackSelectionStrategy, ExpandStackSelection } = await loadToolkit();
  return { strategy: StackSelectionStrategy.PATTERN_MUST_MATCH_SINGLE, patterns: [displayName], expand: ExpandStackSelection.NONE };
}

/** Says whether an error, or one that it was made of, tells of a session that ended or of an AWS that gives no answer. */
export function isLost(thrown: unknown): boolean {
  for (let e = thrown; e instanceof Error; e = e.cause) {
    if (['expired', 'unreachable'].includes(toWhy(e)) || /ExpiredToken|security token .* (is|has) expired/i.test(e.message)) return true;
  }
  return false;
}

const toMessage = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Gives what could not be removed; nothing when all that the rehearsal made is gone. */
async function removeRehearsal(
  { stack, changeSetName: ChangeSetName }: DeployOrder,
  config: ClientConfig,
  isElsewhere: boolean,
): Promise<string | undefined> {
  const { CloudFormationClient, DeleteChangeSetCommand, DeleteStackCommand, DescribeStacksCommand } =
    await import('@aws-sdk/client-cloudformation');
  const StackName = stack.name;
  try {
    const { deploy } = stack.roles;
    const at = { account: stack.account ?? '', region: stack.region ?? config.region };
    const own = isElsewhere && deploy ? await toRoleConfig(config, toFilled(deploy, at), stack.roles.externalId) : config;
    const client = new CloudFormationClient({ ...clientDefaults, ...own, region: at.region });
    const found = await client.send(new DescribeStacksCommand({ StackName })).catch(ignoreMissing);
    const isShell = found?.Stacks?.[0]?.StackStatus === 'REVIEW_IN_PROGRESS';
    await client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName })).catch(ignoreMissing);
    if (isShell) await client.send(new DeleteStackCommand({ StackName }));
    return undefined;
  } catch (thrown) {
    return `the change set ${ChangeSetName} of ${StackName} (${toMessage(thrown)})`;
  }
}

/** A change set that was never made, or that CloudFormation removed with its stack, is gone as it should be. */
function ignoreMissing(thrown: unknown): undefined {
  if (!/ChangeSetNotFound|does not exist/.test(`${(thrown as Error).name} ${(thrown as Error).message}`)) throw thrown;
}

/** The change set with the alarms is made after one that the toolkit makes, and executed by the toolkit. */
async function deployWatched(
  order: DeployOrder,
  triggers: RollbackTriggers,
  config: ClientConfig,
  isElsewhere: boolean,
  onProgress: (progress: Progress) => void,
): Promise<DeployEnd> {
  const draft = { ...order, changeSetName: `${order.changeSetName}-draft` };
  try {
    const end = await deployOne(draft, config, () => {}, 'prepare');
    if (end.noOp) {
      await removeRehearsal(draft, config, isElsewhere);
      return end;
    }
    const { deploy } = order.stack.roles;
    const roles = { ...order.stack.roles, ...(deploy ? { deploy: toFilled(deploy, triggers.at) } : {}) };
    await addTriggers(await toClients(config, isElsewhere)(roles), order, triggers, draft.changeSetName);
  } catch (thrown) {
    await removeRehearsal(draft, config, isElsewhere);
    throw thrown;
  }
  return deployOne(order, config, onProgress, 'execute');
}

/** Gives whether nothing had to be changed, and what was not steady in the end. */
async function deployOne(
  order: DeployOrder,
  config: ClientConfig,
  onProgress: (progress: Progress) => void,
  phase: Phase = 'all',
): Promise<DeployEnd> {
  const { StackParameters } = await loadToolkit();
  let end: DeployEnd = { noOp: false };
  let strays: readonly string[] = [];
  const toolkit = await createToolkit(
    config,
    (message) => {
      if (message.code === 'CDK_TOOLKIT_I5900') end = toEnd(message.data as DeployedStack, order);
      toProgress(message).forEach(onProgress);
    },
    {
      refuses: (question) => {
        strays = findStrays(question, order);
        return strays.length > 0;
      },
    },
  );
  const source = await toolkit.fromAssemblyDirectory(order.assembly);
  const { stack, parameters, tags, keepsFailed } = order;
  const deployed = toolkit.deploy(source, {
    stacks: await toSelector(stack),
    ...toMethod(order, phase),
    parameters: StackParameters.withExisting(
      Object.fromEntries(Object.entries(parameters).map(([key, value]) => [`${stack.name}:${key}`, value])),
    ),
    tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    stackEventPollingInterval: pollMs,
    rollback: !keepsFailed,
  });
  await deployed.catch((thrown: unknown) => {
    if (strays.length === 0) throw thrown;
    throw new Error(`The change set would import ${strays.join(', ')}, which was not decided. It was removed again.`, { cause: thrown });
  });
  return end;
}

/** What the toolkit says of a stack in the end, as far as it is looked at. */
interface DeployedStack {
  readonly noOp: boolean;
  readonly stabilizingResources?: readonly { readonly logicalResourceId: string }[];
}

/** Only where nobody waits for them are resources unsteady: the toolkit takes every reason of an event for a sign of it. */
function toEnd({ noOp, stabilizingResources = [] }: DeployedStack, { method }: DeployOrder): DeployEnd {
  const unsteady = method === 'express' ? stabilizingResources.map((r) => r.logicalResourceId) : [];
  return { noOp, ...(unsteady.length ? { unsteady } : {}) };
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
      ...(event.PhysicalResourceId ? { physicalId: event.PhysicalResourceId } : {}),
      ...(event.StackId ? { stackId: event.StackId } : {}),
      ...(event.Timestamp ? { atMs: new Date(event.Timestamp).getTime() } : {}),
    },
  ];
}
