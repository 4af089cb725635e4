import { known, unknown, type Answer } from '../../engine/src/answer.ts';
import type { Stack, TemplateStack } from '../../engine/src/assembly/assembly.ts';
import { toCanonicalJson } from '../../engine/src/canonical.ts';
import { evaluate } from '../../engine/src/assembly/evaluate.ts';
import { toGiven } from '../../engine/src/assembly/nested-scope.ts';
import { resolveText } from '../../engine/src/assembly/resolve.ts';
import { nameProperty } from '../../engine/src/names.ts';
import { ownNames } from '../../engine/src/own-names.ts';
import type { Artifacts } from '../../engine/src/artifacts.ts';
import type { DeployEnd, DeployOrder, Progress } from '../../engine/src/stack-changes.ts';
import type { Clock, Cloud } from '../../engine/src/world.ts';
import type { FakeAws, FakeStack } from './account.ts';
import { createFakeBootstrapper } from './bootstrap.ts';
import { createFakeCodeChanges, emptyCode } from './code.ts';
import { destroy } from './destroy.ts';
import { createFakeDriftDetector } from './drift.ts';
import { createFakeRecoverer } from './recover.ts';
import { createFakeReadings } from './readings.ts';

const shells = /^REVIEW_IN_PROGRESS$/;

/** Makes an account that is bootstrapped in us-west-2 and holds nothing else. */
export function createFakeAws(account: string, clock: Clock): FakeAws {
  const aws: FakeAws = {
    account,
    calls: [],
    stacks: new Map(),
    things: new Map([['AWS::IAM::Role AWSServiceRoleForECS', { kind: 'present', active: true }]]),
    bootstraps: new Map([['us-west-2 /cdk-bootstrap/hnb659fds/version', 21]]),
    answers: new Map(),
    denied: new Set(),
    undescribed: new Set(),
    failing: new Map(),
    recoveries: new Map(),
    unsupported: new Set(),
    silent: new Set(),
    scripts: new Map(),
    unpublished: new Map(),
    filled: new Set(),
    deleted: new Map(),
    deployOrders: [],
    bootstrapOrders: [],
    destroyOrders: [],
    functions: new Map(),
    code: emptyCode(),
    drifted: new Map(),
    put: (stack, more = {}) => {
      const region = stack.region ?? 'us-west-2';
      const deployed = toDeployed(stack, account, region);
      const names = { ...deployed.names, ...putNested(aws, stack, stack, region) };
      aws.stacks.set(`${region} ${stack.name}`, { ...deployed, names, ...more });
    },
    cloud: (region, isElsewhere = false) => createFakeCloud(aws, region, clock, isElsewhere),
  };
  return aws;
}

function createFakeCloud(aws: FakeAws, region: string, clock: Clock, isElsewhere: boolean): Cloud {
  const ask = async <T>(call: string, resource: string, give: () => T): Promise<Answer<T>> => {
    aws.calls.push(`${region} ${call} ${resource}`);
    await (aws.silent.has(call) ? new Promise<never>(() => {}) : Promise.resolve());
    if (isElsewhere && aws.denied.has('sts:AssumeRole'))
      return unknown({ call: 'sts:AssumeRole', resource: `the look-up role of ${aws.account}`, why: 'denied', message: '' });
    const why = aws.failing.get(call) ?? (aws.denied.has(call) ? 'denied' : undefined);
    return why ? unknown({ call, resource, why, message: '' }) : known(give());
  };
  const stackOf = (name: string) =>
    aws.stacks.get(`${region} ${name}`) ?? [...aws.stacks.values()].find(({ id }) => id === name) ?? aws.deleted.get(name)?.stack;
  const refused = async (resource: string) => unknown({ call: 'cloudformation:DescribeStacks', resource, why: 'denied', message: '' });
  return {
    region,
    caller: async () => {
      aws.calls.push(`${region} sts:GetCallerIdentity`);
      return { account: aws.account, arn: `arn:aws:iam::${aws.account}:role/job` };
    },
    stacks: {
      describe: (name) =>
        aws.undescribed.has(stackOf(name)?.name ?? '') ? refused(name) : ask('cloudformation:DescribeStacks', name, () => stackOf(name)),
      template: (name) => ask('cloudformation:GetTemplate', name, () => stackOf(name)?.template),
      templateText: (name) => ask('cloudformation:GetTemplate', name, () => toText(stackOf(name))),
    },
    readings: createFakeReadings(aws, region, ask),
    deployer: {
      deploy: (order, onProgress) => deploy(aws, region, clock, order, onProgress),
      rehearse: async ({ stack }) => {
        aws.calls.push(`${region} rehearse ${stack.name}`);
        const { error, left } = aws.scripts.get(stack.name) ?? {};
        return { ...(error === undefined ? {} : { error }), ...(left === undefined ? {} : { left }) };
      },
      publish: async ({ stack }) => {
        aws.calls.push(`${region} publish ${stack.name}`);
        return aws.unpublished.get(stack.name) ?? {};
      },
    },
    bootstrapper: createFakeBootstrapper(aws, region),
    recoverer: createFakeRecoverer(aws, region, clock),
    functions: { invoke: (of) => ask('lambda:InvokeFunction', of.name, () => aws.functions.get(of.name)?.(of.payload)) },
    code: createFakeCodeChanges(aws, ask),
    drift: createFakeDriftDetector(aws, ask),
    destroyer: { destroy: (order, onProgress) => destroy(aws, region, clock, order, onProgress) },
    data: {
      types: ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::ECR::Repository'],
      prepare: (type, name) => ask(`prepare:${type}`, name, () => void aws.filled.delete(`${type} ${name}`)),
      remove: (type, name) =>
        ask(`remove:${type}`, name, () => {
          aws.filled.delete(`${type} ${name}`);
          aws.things.delete(`${type} ${name}`);
        }),
    },
    artifacts: new Proxy({} as Artifacts, {
      get: () => {
        throw new Error('this fake has no artifacts; test/fakes/artifacts.ts has');
      },
    }),
  };
}

async function deploy(
  aws: FakeAws,
  region: string,
  clock: Clock,
  order: DeployOrder,
  onProgress: (p: Progress) => void,
): Promise<DeployEnd> {
  const { stack } = order;
  const key = `${region} ${stack.name}`;
  aws.calls.push(`${region} deploy ${stack.name}`);
  aws.deployOrders.push(order);
  const script = aws.scripts.get(stack.name) ?? {};
  const before = aws.stacks.get(key);
  const verb = before && !shells.test(before.status) ? 'UPDATE' : 'CREATE';
  const after = {
    ...toDeployed({ ...stack, parameters: order.parameters, tags: order.tags }, aws.account, region),
    status: `${verb}_COMPLETE`,
    ...toRollback(order, before),
  };
  const isScripted = script.endsIn !== undefined || script.error !== undefined || script.hangs === true;
  if (before && verb === 'UPDATE' && !isScripted && isSame(before, after)) {
    await clock.sleep(script.ms ?? 1_000);
    aws.stacks.set(key, { ...before, terminationProtection: after.terminationProtection });
    script.atEnd?.();
    return { noOp: true };
  }
  aws.stacks.set(key, { ...(before ?? after), status: `${verb}_IN_PROGRESS`, ...(before ? {} : { outputs: {}, names: {} }) });
  await clock.sleep(script.ms ?? 1_000);
  script.progress?.forEach(onProgress);
  if (script.hangs) return new Promise(() => {});
  if (script.endsIn) aws.stacks.set(key, { ...(before ?? { ...after, names: {}, outputs: {} }), status: script.endsIn });
  else {
    Object.entries(stack.template.Resources ?? {}).forEach(([logicalId, { Type }]) =>
      onProgress({ logicalId, type: Type, status: `${verb}_COMPLETE`, reason: '' }),
    );
    aws.stacks.set(key, {
      ...after,
      outputs: Object.fromEntries(Object.entries(after.outputs).filter(([k]) => !script.loses?.includes(k))),
    });
  }
  script.atEnd?.();
  return {
    noOp: false,
    ...(script.error === undefined ? {} : { error: script.error }),
    ...(script.unsteady ? { unsteady: script.unsteady } : {}),
  };
}

/** As on AWS: what an order does not say stays as the stack has it. */
function toRollback({ triggers }: DeployOrder, before: FakeStack | undefined): Pick<FakeStack, 'rollback'> {
  const { monitoringMinutes = 0, alarms = [] } = triggers ?? {};
  const rollback = triggers ? { monitoringMinutes, alarms: alarms.map((a) => a.arn) } : before?.rollback;
  return rollback ? { rollback } : {};
}

/** Puts the stacks nested in one, as CloudFormation names them; gives their ARNs by logical id. */
function putNested(aws: FakeAws, around: Deployed, root: Stack, region: string): Readonly<Record<string, string>> {
  const { nested, template, name } = around;
  const put = nested.map((inner): [string, string] => {
    const given = template.Resources?.[inner.logicalId]?.Properties?.['Parameters'] ?? {};
    const parameters = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, toGivenText(value, around, aws, region)]));
    const own = { ...root, ...inner, name: `${name}-${inner.logicalId}-1X`, parameters };
    const deployed = toDeployed(own, aws.account, region);
    const names = { ...deployed.names, ...putNested(aws, own, root, region) };
    aws.stacks.set(`${region} ${own.name}`, { ...deployed, names });
    return [inner.logicalId, deployed.id];
  });
  return Object.fromEntries(put);
}

type Deployed = TemplateStack & Pick<Stack, 'parameters'>;

/** What a nested stack is given is a text by then: what a resource of the stack around it is called, or an output of one put before. */
function toGivenText(value: unknown, around: Deployed, { account, stacks }: FakeAws, region: string): string {
  const { name, parameters } = around;
  const attribute = (id: string, path: string): string =>
    stacks.get(`${region} ${name}-${id}-1X`)?.outputs[path.replace('Outputs.', '')]?.value ?? `${path} of ${name}-${id}`;
  const ref = (id: string) => `${name}-${id}`;
  const given = toGiven(evaluate(value, { stack: around, at: { account, region }, parameters, ref, attribute }));
  return typeof given === 'string' ? given : `something of ${name}`;
}

const toText = (stack: FakeStack | undefined): string | undefined => stack && (stack.templateText ?? JSON.stringify(stack.template));

/** Says whether a change set between the two would be empty; the protection of a stack is not in it. */
function isSame(before: FakeStack, after: FakeStack): boolean {
  const compared = ({ template, parameters, tags, notificationArns = [] }: FakeStack) =>
    toCanonicalJson({ template, parameters, tags, notificationArns });
  return compared(before) === compared(after);
}

/** Gives a stack as it is right after a deployment that created it. */
function toDeployed(stack: Stack, account: string, region: string): FakeStack {
  const { name, template, tags, terminationProtection } = stack;
  const at = { account, region };
  const defaults = Object.entries(template.Parameters ?? {}).map(([key, p]): [string, string] => [
    key,
    p.NoEcho ? '****' : String(stack.parameters[key] ?? p.Default ?? ''),
  ]);
  const outputs = Object.entries(template.Outputs ?? {}).map(([key, { Value, Export }]) => {
    const exportName = Export && resolveText(Export.Name, stack, at);
    return [key, { value: resolveText(Value, stack, at) ?? `${key} of ${name}`, ...(exportName ? { exportName } : {}) }];
  });
  const names = Object.entries(template.Resources ?? {}).flatMap(([id, { Type, Properties }]) => {
    const physical = resolveText(Properties?.[nameProperty(Type) ?? ownNames[Type] ?? ''], stack, at);
    return physical === undefined ? [] : [[id, physical]];
  });
  return {
    id: `arn:aws:cloudformation:${region}:${account}:stack/${name}/1`,
    name,
    status: 'CREATE_COMPLETE',
    statusReason: '',
    parameters: Object.fromEntries(defaults),
    tags,
    outputs: Object.fromEntries(outputs),
    terminationProtection,
    ...(stack.notificationArns?.length ? { notificationArns: stack.notificationArns } : {}),
    template,
    names: Object.fromEntries(names),
  };
}
