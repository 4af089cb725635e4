import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  type RollbackConfiguration,
  type Stack as CfnStack,
} from '@aws-sdk/client-cloudformation';
import { parse } from 'yaml';
import type { Answer } from '../answer.ts';
import type { Template } from '../assembly/assembly.ts';
import type { LiveStack, Stacks } from '../world.ts';
import { withoutLoops } from '../assembly/for-each.ts';
import { ask } from './call.ts';

/** CloudFormation's own way to say that there is no such stack. */
export const isMissing = (e: Error): boolean => e.name === 'ValidationError' && /does not exist/.test(e.message);

/** Makes the port that reads stacks; retries are the client's. */
export function createStacks(client: CloudFormationClient): Stacks {
  return {
    describe: (name) =>
      ask(
        'cloudformation:DescribeStacks',
        name,
        async () => toLive((await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0]),
        isMissing,
      ),
    template: (name) => readTemplate(client, name, toTemplate),
    templateText: (name) => readTemplate(client, name, (body) => body),
  };
}

function readTemplate<T>(client: CloudFormationClient, name: string, convert: (body: string) => T): Promise<Answer<T | undefined>> {
  const read = async () => {
    const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }));
    return TemplateBody === undefined ? undefined : convert(TemplateBody);
  };
  return ask('cloudformation:GetTemplate', name, read, isMissing);
}

/** A template that is neither JSON nor YAML is no template to compare with. */
function toTemplate(body: string): Template | undefined {
  const template = parseBody(body);
  return template !== null && typeof template === 'object' ? withoutLoops(template) : undefined;
}

/** JSON first: YAML's parser takes ten times as long. */
function parseBody(body: string): Template | null | undefined {
  try {
    return JSON.parse(body) as Template;
  } catch {
    return parse(body, { logLevel: 'silent' }) as Template | undefined;
  }
}

function toRollback({ RollbackTriggers = [], MonitoringTimeInMinutes = 0 }: RollbackConfiguration = {}): Pick<LiveStack, 'rollback'> {
  const alarms = RollbackTriggers.flatMap(({ Arn }) => Arn ?? []);
  return alarms.length ? { rollback: { alarms, monitoringMinutes: MonitoringTimeInMinutes } } : {};
}

function toLive(s: CfnStack | undefined): LiveStack | undefined {
  if (!s) return undefined;
  return {
    id: s.StackId ?? '',
    name: s.StackName ?? '',
    status: s.StackStatus ?? '',
    statusReason: s.StackStatusReason ?? '',
    parameters: Object.fromEntries((s.Parameters ?? []).map((p) => [p.ParameterKey ?? '', p.ParameterValue ?? ''])),
    resolved: Object.fromEntries(
      (s.Parameters ?? []).flatMap((p) => (p.ResolvedValue === undefined ? [] : [[p.ParameterKey ?? '', p.ResolvedValue]])),
    ),
    tags: Object.fromEntries((s.Tags ?? []).map((t) => [t.Key ?? '', t.Value ?? ''])),
    outputs: Object.fromEntries(
      (s.Outputs ?? []).map((o) => [
        o.OutputKey ?? '',
        { value: o.OutputValue ?? '', ...(o.ExportName ? { exportName: o.ExportName } : {}) },
      ]),
    ),
    terminationProtection: s.EnableTerminationProtection ?? false,
    ...toRollback(s.RollbackConfiguration),
    ...(s.NotificationARNs?.length ? { notificationArns: s.NotificationARNs.toSorted() } : {}),
    ...(s.ChangeSetId ? { changeSet: /:changeSet\/([^/]+)\//.exec(s.ChangeSetId)?.[1] ?? s.ChangeSetId } : {}),
  };
}
