import type { ServiceName } from '../../engine/src/cause/tasks.ts';
import {
  noteTag,
  type CodeChanges,
  type FunctionAlias,
  type FunctionCode,
  type FunctionPackage,
  type RunningTask,
  type ServiceCode,
  type TaskDefinition,
} from '../../engine/src/code.ts';
import type { FakeAws } from './account.ts';
import type { FakeAsk } from './readings.ts';

/** What services and functions of a fake account run, and what becomes of other code. */
export interface FakeCode {
  /** By cluster and name: `main/web`. */
  readonly services: Map<string, ServiceCode>;
  /** By ARN. */
  readonly definitions: Map<string, TaskDefinition>;
  readonly functions: Map<string, FunctionCode>;
  readonly aliases: Map<string, readonly FunctionAlias[]>;
  /** What functions are made of, by name. */
  readonly packages: Map<string, FunctionPackage>;
  /** Tags of functions by ARN. */
  readonly tags: Map<string, Readonly<Record<string, string>>>;
  /** What tasks say of an image that they run. */
  readonly digests: Map<string, string>;
  /** Images that do not become steady: ECS goes back by itself, or tries for ever. */
  readonly bad: Map<string, 'breaks' | 'hangs'>;
  /** Functions whose updates fail, and why. */
  readonly broken: Map<string, string>;
}

/** Gives an account without services and functions. */
export const emptyCode = (): FakeCode => ({
  services: new Map(),
  definitions: new Map(),
  functions: new Map(),
  aliases: new Map(),
  packages: new Map(),
  tags: new Map(),
  digests: new Map(),
  bad: new Map(),
  broken: new Map(),
});

const keyOf = ({ cluster, service }: ServiceName): string => `${cluster}/${service}`;

export const readService = (code: FakeCode, of: ServiceName): ServiceCode | undefined => code.services.get(keyOf(of));
export const readFunction = (code: FakeCode, name: string): FunctionCode | undefined => code.functions.get(name);
export const readAliases = (code: FakeCode, name: string): readonly FunctionAlias[] => code.aliases.get(name) ?? [];
export const readTags = (code: FakeCode, arn: string): Readonly<Record<string, string>> => code.tags.get(arn) ?? {};

/** Gives as many tasks as run, each of the revision that the service has. */
export function readTasks(code: FakeCode, of: ServiceName): readonly RunningTask[] {
  const service = readService(code, of);
  const containers = (code.definitions.get(service?.taskDefinition ?? '')?.containers ?? []).map(({ name, image }) => ({
    name,
    image,
    digest: code.digests.get(image) ?? '',
  }));
  return Array.from({ length: service?.running ?? 0 }, () => ({ taskDefinition: service?.taskDefinition ?? '', containers }));
}

/** One steady service that runs some images, by container; gives the ARN of its revision. */
export function putService(
  aws: FakeAws,
  of: ServiceName,
  images: Readonly<Record<string, string>>,
  more: Partial<ServiceCode> = {},
): string {
  const taskDefinition = `arn:aws:ecs:us-west-2:${aws.account}:task-definition/${of.service}:1`;
  const containers = Object.entries(images).map(([name, image]) => ({ name, image }));
  aws.code.definitions.set(taskDefinition, { containers, registeredMs: 0, tags: {} });
  aws.code.services.set(keyOf(of), {
    arn: `arn:aws:ecs:us-west-2:${aws.account}:service/${keyOf(of)}`,
    status: 'ACTIVE',
    controller: 'ECS',
    strategy: 'ROLLING',
    hasBreaker: true,
    taskDefinition,
    desired: 2,
    running: 2,
    deployments: [{ status: 'PRIMARY', taskDefinition, rollout: 'COMPLETED', reason: '', failed: 0 }],
    ...more,
  });
  return taskDefinition;
}

/** One function that is at rest. */
export function putFunction(aws: FakeAws, name: string, more: Partial<FunctionCode> = {}): void {
  aws.code.functions.set(name, {
    arn: `arn:aws:lambda:us-west-2:${aws.account}:function:${name}`,
    state: 'Active',
    update: 'Successful',
    reason: '',
    revision: 'r1',
    sha256: 'old',
    packageType: 'Zip',
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    ...more,
  });
  aws.code.packages.set(name, { kind: 'zip', bytes: new TextEncoder().encode('old') });
}

/** Makes the port; what is written can be read at once. */
export function createFakeCodeChanges({ code, account }: FakeAws, ask: FakeAsk): CodeChanges {
  const shaOf = (made: FunctionPackage): string => {
    if (made.kind === 'zip') return new TextDecoder().decode(made.bytes);
    return made.kind === 'object' ? `of:${made.bucket}/${made.key}` : made.uri;
  };
  return {
    revise: ({ taskDefinition, images, note }) =>
      ask('ecs:RegisterTaskDefinition', taskDefinition, () => {
        const [, family = ''] = /^(.*):\d+$/.exec(taskDefinition) ?? [];
        const revisions = [...code.definitions.keys()].filter((a) => a.startsWith(`${family}:`)).length;
        const former = code.definitions.get(taskDefinition);
        const containers = (former?.containers ?? []).map((c) => ({ ...c, image: images[c.name] ?? c.image }));
        const arn = `${family}:${revisions + 1}`;
        code.definitions.set(arn, { containers, registeredMs: 1, tags: { [noteTag]: note } });
        return arn;
      }),
    release: ({ cluster, service, taskDefinition }) =>
      ask('ecs:UpdateService', `${cluster}/${service} ${taskDefinition}`, () => release(code, { cluster, service }, taskDefinition)),
    setBreaker: ({ cluster, service, isOn }) =>
      ask('ecs:UpdateService', `${cluster}/${service} breaker ${isOn}`, () => {
        const found = code.services.get(`${cluster}/${service}`);
        if (found) code.services.set(`${cluster}/${service}`, { ...found, hasBreaker: isOn });
      }),
    packageOf: ({ name }) => ask('lambda:GetFunction', name, () => code.packages.get(name) ?? { kind: 'zip', bytes: new Uint8Array() }),
    replace: ({ name, code: given, revision }) =>
      ask('lambda:UpdateFunctionCode', name, () => {
        const found = code.functions.get(name);
        if (!found || (revision !== undefined && revision !== found.revision)) return 'changed' as const;
        const reason = given === code.packages.get(name) ? undefined : code.broken.get(name);
        const end = reason === undefined ? { update: 'Successful', reason: '' } : { update: 'Failed', reason };
        const sha256 = shaOf(given);
        code.functions.set(name, { ...found, sha256, revision: `${found.revision}+`, ...end });
        return { sha256 };
      }),
    publish: ({ name, sha256 }) =>
      ask('lambda:PublishVersion', name, () => String((code.aliases.get(name) ?? []).length + sha256.length + 40)),
    shift: ({ name, alias, version }) =>
      ask('lambda:UpdateAlias', `${name}:${alias} ${version}`, () => {
        const all = code.aliases.get(name) ?? [];
        code.aliases.set(
          name,
          all.map((a) => (a.name === alias ? { ...a, version, revision: `${a.revision}+` } : a)),
        );
        return 'shifted' as const;
      }),
    note: ({ arn, text }) =>
      ask(
        text === undefined ? 'lambda:UntagResource' : 'lambda:TagResource',
        `${arn} ${account}`,
        () => void code.tags.set(arn, text === undefined ? {} : { [noteTag]: text }),
      ),
  };
}

function release(code: FakeCode, of: ServiceName, taskDefinition: string): void {
  const found = readService(code, of);
  if (!found) return;
  const images = code.definitions.get(taskDefinition)?.containers.map((c) => c.image) ?? [];
  const end = images.map((i) => code.bad.get(i)).find(Boolean);
  const wanted = { status: 'PRIMARY', taskDefinition, rollout: 'COMPLETED', reason: '', failed: 0 };
  const former = { ...wanted, taskDefinition: found.taskDefinition };
  const set = (more: Partial<ServiceCode>) => code.services.set(keyOf(of), { ...found, ...more });
  if (end === 'breaks') {
    set({ deployments: [former, { ...wanted, status: 'ACTIVE', rollout: 'FAILED', reason: 'tasks failed to start.', failed: 3 }] });
  } else if (end === 'hangs') {
    set({
      taskDefinition,
      deployments: [
        { ...wanted, rollout: 'IN_PROGRESS' },
        { ...former, status: 'ACTIVE' },
      ],
    });
  } else set({ taskDefinition, deployments: [wanted] });
}
