import {
  type Capability,
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';

import type { Emulator } from './emulator.ts';

/** A resource of a template in short: type, properties, and attributes beside them (DependsOn, DeletionPolicy). */
export type Resource = readonly [type: string, properties?: object, attributes?: object];

/** What an operation on a stack came to. */
export interface Outcome {
  /** The stack's final status; DELETE_COMPLETE when it is gone. */
  readonly status: string;
  /** The reasons in the stack's events, newest first, one a line. */
  readonly reasons: string;
  /** `<logical id> <status>` of the stack's events, newest first. */
  readonly events: readonly string[];
}

/** What a change set may be given beside its template; the names are CloudFormation's. */
export interface ChangeSetOptions {
  readonly type?: 'CREATE' | 'UPDATE';
  readonly capabilities?: readonly Capability[];
  readonly importExisting?: boolean;
}

/** Stacks of one account and region in the emulator, for tests and fixtures that need some to be there. */
export interface EmulatedStacks {
  readonly client: CloudFormationClient;
  /** Creates or updates a stack by a change set, and waits for the end. A failure is an outcome, not an exception. */
  deploy(stack: string, template: string, options?: ChangeSetOptions): Promise<Outcome>;
  /** Makes a change set and gives its name. */
  changeSet(stack: string, template: string, options?: ChangeSetOptions): Promise<string>;
  remove(stack: string): Promise<Outcome>;
  /** Waits until nothing is in progress, 10 s at most. */
  settled(stack: string): Promise<Outcome>;
  /** The stack's status; DELETE_COMPLETE when there is none. */
  status(stack: string): Promise<string>;
}

const settleMs = 10_000;

/** Gives a template as JSON: its resources in short form, and exports by name. */
export function toTemplate(resources: Record<string, Resource>, exports: Record<string, unknown> = {}): string {
  return JSON.stringify({
    Resources: Object.fromEntries(
      Object.entries(resources).map(([id, [Type, Properties = {}, rest = {}]]) => [id, { Type, Properties, ...rest }]),
    ),
    Outputs: Object.fromEntries(Object.entries(exports).map(([Name, Value], at) => [`Output${at}`, { Value, Export: { Name } }])),
  });
}

/** Connects to the stacks of an account and region. */
export function createStacks(emulator: Emulator, account: string, region = 'us-west-2'): EmulatedStacks {
  const client = new CloudFormationClient({
    endpoint: emulator.endpoint,
    region,
    credentials: { accessKeyId: account, secretAccessKey: 'test' },
  });
  let changeSets = 0;

  const describe = async (stack: string) =>
    (await client.send(new DescribeStacksCommand({ StackName: stack })).catch(() => undefined))?.Stacks?.[0];
  const status = async (stack: string): Promise<string> => (await describe(stack))?.StackStatus ?? 'DELETE_COMPLETE';

  const settled = async (stack: string): Promise<Outcome> => {
    const id = (await describe(stack))?.StackId ?? stack;
    const deadline = Date.now() + settleMs;
    while ((await status(id)).endsWith('_IN_PROGRESS') && Date.now() < deadline);
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: id })).catch(() => ({ StackEvents: [] }));
    return {
      status: await status(id),
      reasons: StackEvents.map((event) => event.ResourceStatusReason ?? '').join('\n'),
      events: StackEvents.map((event) => `${event.LogicalResourceId} ${event.ResourceStatus}`),
    };
  };

  const changeSet = async (stack: string, template: string, options: ChangeSetOptions = {}): Promise<string> => {
    const ChangeSetName = `change-${++changeSets}`;
    const request = {
      StackName: stack,
      ChangeSetName,
      ChangeSetType: options.type ?? ((await status(stack)) === 'DELETE_COMPLETE' ? 'CREATE' : 'UPDATE'),
      TemplateBody: template,
      Capabilities: [...(options.capabilities ?? (['CAPABILITY_NAMED_IAM'] as const))],
      ImportExistingResources: options.importExisting ?? false,
    };
    await client.send(new CreateChangeSetCommand(request));
    return ChangeSetName;
  };

  const deploy = async (stack: string, template: string, options?: ChangeSetOptions): Promise<Outcome> => {
    const ChangeSetName = await changeSet(stack, template, options);
    await client.send(new ExecuteChangeSetCommand({ StackName: stack, ChangeSetName }));
    return settled(stack);
  };

  const remove = async (stack: string): Promise<Outcome> => {
    const id = (await describe(stack))?.StackId ?? stack;
    await client.send(new DeleteStackCommand({ StackName: id }));
    return settled(id);
  };

  return { client, deploy, changeSet, remove, settled, status };
}
