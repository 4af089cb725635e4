import { toSentence, type Answer, type NotRead } from './answer.ts';
import type { Stack } from './assembly/assembly.ts';
import { toCanonicalJson } from './canonical.ts';
import { withoutSecrets } from './cause/clean.ts';
import { notRun, toPlace } from './checks/check.ts';
import { finding, type Finding } from './finding.ts';
import { hidden, hideSecrets, secretNames } from './plan/hide.ts';
import type { Cloud, World } from './world.ts';

/** One resource that is otherwise than its template says. Values are texts as CloudFormation gives them; empty for what is not there. */
export interface ResourceDrift {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly status: 'MODIFIED' | 'DELETED';
  /** None for a deleted resource. */
  readonly differences: readonly { readonly path: string; readonly expected: string; readonly actual: string }[];
}

/** Lets CloudFormation compare stacks with what is there; changes nothing but what it knows of their drift. */
export interface DriftDetector {
  /** Starts a comparison; gives its id. */
  start(of: { readonly stack: string }): Promise<Answer<string>>;
  /** How a comparison stands; `partly` could not look at all resources. */
  status(of: {
    readonly id: string;
  }): Promise<Answer<{ readonly kind: 'running' } | { readonly kind: 'done' } | { readonly kind: 'partly'; readonly reason: string }>>;
  /** What the last comparison found. */
  drifted(of: { readonly stack: string }): Promise<Answer<readonly ResourceDrift[]>>;
}

/** How often a comparison is looked at, and for how long, in milliseconds. */
const pollMs = 5_000;
const longestMs = 15 * 60_000;

/** What CloudFormation compares. @source https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html */
const comparable: ReadonlySet<string> = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'UPDATE_ROLLBACK_FAILED',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);

/** Gives what drifted in a stack, one finding a resource; none for a stack that is not there. What could not be compared is not run. */
export async function findDrift(stack: Stack, { stacks, drift }: Cloud, world: World): Promise<readonly Finding[]> {
  const cannot = (because: NotRead) => [notRun(`drift of ${stack.name}`, because, toPlace(stack))];
  const live = await stacks.describe(stack.name);
  if (live.kind === 'unknown') return cannot(live.because);
  if (!live.value) {
    world.log.line(`   ${stack.name}: it is not there`);
    return [];
  }
  const { status } = live.value;
  const refused = { call: 'cloudformation:DetectStackDrift', resource: stack.name, why: 'refused' } as const;
  if (!comparable.has(status)) return cannot({ ...refused, message: `the stack is in ${status}` });
  const started = await drift.start({ stack: stack.name });
  if (started.kind === 'unknown') return cannot(started.because);
  const end = await untilCompared(started.value, drift, world);
  const found = await drift.drifted({ stack: stack.name });
  if (found.kind === 'unknown') return cannot(found.because);
  world.log.line(`   ${stack.name}: ${found.value.length} drifted`);
  const partly = end === undefined ? [] : cannot({ ...refused, message: end });
  return [...partly, ...found.value.map((d) => toFinding(d, stack))];
}

/** Gives why not all of a stack was compared; nothing when it was. A look that failed is made again. */
async function untilCompared(id: string, drift: DriftDetector, { clock, cancelled }: World): Promise<string | undefined> {
  const endMs = clock.now() + longestMs;
  for (;;) {
    const answer = await drift.status({ id });
    if (answer.kind === 'unknown' && answer.because.why === 'denied') return toSentence(answer.because);
    if (answer.kind === 'known' && answer.value.kind === 'done') return undefined;
    if (answer.kind === 'known' && answer.value.kind === 'partly') return answer.value.reason || 'not all resources could be compared';
    if (cancelled.aborted || clock.now() + pollMs > endMs) return 'the comparison did not come to its end in time';
    await clock.sleep(pollMs, cancelled);
  }
}

function toFinding({ logicalId, type, physicalId, status, differences }: ResourceDrift, stack: Stack): Finding {
  const place = toPlace(stack, logicalId);
  const what = `The ${type} ${logicalId} (${physicalId}) of ${stack.name}`;
  if (status === 'DELETED') return finding('PF207', `${what} is not there any more.`, place);
  const said = [...differences].sort((a, b) => (a.path < b.path ? -1 : 1)).map((d) => toSaid(d, isSecretAt(d.path, logicalId, stack)));
  return finding('PF206', `${what} differs from its template: ${said.join('; ')}.`, place);
}

const longest = 200;

/** What looks like a secret, by its shape or its name, is not told. */
function toSaid({ path, expected, actual }: ResourceDrift['differences'][number], isSecret: boolean): string {
  const show = (value: string) => {
    const shown = isSecret ? hidden : withoutSecrets(hideIn(path, value));
    return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
  };
  if (expected === '') return `${path} is ${show(actual)} and not in the template`;
  return actual === ''
    ? `${path} should be ${show(expected)} and is not there`
    : `${path} should be ${show(expected)} and is ${show(actual)}`;
}

/** Says whether the template has a secret at a path, such as one that comes from a parameter without echo: what is there is one, too. */
function isSecretAt(path: string, logicalId: string, { template }: Stack): boolean {
  let value: unknown = template.Resources?.[logicalId]?.Properties;
  for (const part of path.split('/').filter(Boolean)) {
    if (isMade(value)) break;
    const inner = toMembers(value)[part];
    if (part === 'Value' && isNamedSecret(toMembers(value))) return true;
    value = inner;
  }
  return value !== undefined && toCanonicalJson(hideSecrets(path, value, template.Parameters)) !== toCanonicalJson(value);
}

type Members = Readonly<Record<string, unknown>>;

const toMembers = (value: unknown): Members => (value !== null && typeof value === 'object' ? (value as Members) : {});

/** What a function or reference gives has no parts in the template. */
const isMade = (value: unknown): boolean => Object.keys(toMembers(value)).some((key) => key === 'Ref' || key.startsWith('Fn::'));

/** A list may hold values beside their names, as the variables of a container. */
const isNamedSecret = ({ Name, Key = Name }: Members): boolean => typeof Key === 'string' && secretNames.test(Key);

/** A value that is a list or an object is JSON. */
function hideIn(path: string, value: string): string {
  if (secretNames.test(path)) return hidden;
  if (!/^[[{]/.test(value)) return value;
  const hidePair = (_key: string, inner: unknown): unknown =>
    isNamedSecret(toMembers(inner)) && 'Value' in toMembers(inner) ? { ...toMembers(inner), Value: hidden } : inner;
  try {
    return JSON.stringify(hideSecrets(path, JSON.parse(value, hidePair), undefined));
  } catch {
    return value; // a text that only begins like JSON
  }
}
