import { toSentence, type Answer } from './answer.ts';
import type { Surroundings } from './assembly/surroundings.ts';
import type { Ask } from './checks/ask.ts';
import { judgeCollision } from './checks/look-up.ts';
import type { StackResource } from './stack-readings.ts';
import { holdsData, statefulTypes } from './stateful.ts';
import type { TemplateResource } from './template-facts.ts';
import type { LiveStack } from './world.ts';

/** How stuck stacks are brought back. */
export interface RecoverySettings {
  /** Whether they are at all; otherwise a stuck stack, and one that something else changes, stop the run. */
  readonly isOn: boolean;
  /** Whether a stack that failed, and was left so, is gone on with as it is. */
  readonly goesOn: boolean;
  /** Logical ids of the resources that a rollback or deletion may leave as they are, by the name of their stack. */
  readonly skip: Readonly<Record<string, readonly string[]>>;
}

/** What a preflight takes for given when nothing else is said. */
export const recoverByDefault: RecoverySettings = { isOn: true, goesOn: false, skip: {} };

/** What a stack needs before it can be deployed. */
export type Recovery =
  | { readonly kind: 'none' }
  /** Something else changes it. */
  | { readonly kind: 'wait' }
  /** It is the shell of a change set: a creation takes its place. */
  | { readonly kind: 'fill' }
  /** It was never created, or its deletion failed; it holds nothing that would be lost. `retains` are logical ids of what stays in AWS. */
  | { readonly kind: 'delete'; readonly liftsProtection: boolean; readonly retains: readonly string[] }
  /** Its last update failed and was left so: back to what it was. */
  | { readonly kind: 'roll-back' }
  | { readonly kind: 'continue'; readonly skip: readonly string[] }
  /** It failed and was left so: the next deployment goes on from there, and leaves it so again if it fails. */
  | { readonly kind: 'go-on' }
  /** `why` ends a sentence; none where nothing is known but the state. */
  | { readonly kind: 'stuck'; readonly why?: string };

/** Where a stack is, and how it is brought back. */
interface Question {
  readonly live: Pick<LiveStack, 'name' | 'status' | 'terminationProtection'>;
  readonly at: Surroundings;
  readonly settings: RecoverySettings;
  /** What the new template makes, and those of the stacks nested in it. */
  readonly resources: readonly Pick<TemplateResource, 'type' | 'properties'>[];
}

/**
 * Gives what a stack in a state needs before it can be deployed.
 *
 * Nothing that holds data is deleted on the way: of a stack that was in use no type that may hold any (`holdsData`); of what was made and
 * never was in use, none that people or programs put there (`statefulTypes`).
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html and API_ContinueUpdateRollback.html
 */
export function judgeRecovery({ live, at, settings, resources }: Question, ask: Ask): Recovery {
  const { status } = live;
  if (status === 'REVIEW_IN_PROGRESS') return { kind: 'fill' };
  if (status.endsWith('_IN_PROGRESS')) return { kind: 'wait' };
  if (status !== 'ROLLBACK_COMPLETE' && !status.endsWith('_FAILED')) return { kind: 'none' };
  if (!settings.isOn) return { kind: 'stuck', why: '`recover: never` leaves it so' };
  if (settings.goesOn && /^(CREATE|UPDATE)_FAILED$/.test(status)) return { kind: 'go-on' };
  const remove: Recovery = { kind: 'delete', liftsProtection: live.terminationProtection, retains: [] };
  switch (status) {
    case 'ROLLBACK_COMPLETE':
      return remove;
    case 'ROLLBACK_FAILED':
    case 'CREATE_FAILED':
      return unlessLost(remove, toStakes(live.name, true, at, ask));
    case 'DELETE_FAILED':
      return judgeHalfDeleted({ live, at, settings, resources }, ask);
    case 'UPDATE_FAILED':
      return unlessLost({ kind: 'roll-back' }, toStakes(live.name, false, at, ask));
    case 'UPDATE_ROLLBACK_FAILED':
      return judgeSkips(live, settings, unlessLost({ kind: 'continue', skip: [] }, toStakes(live.name, false, at, ask)), at, ask);
    default:
      return { kind: 'stuck' };
  }
}

/**
 * A stack that was created, and that somebody then wanted to be gone, is theirs to decide on: they say what of it stays.
 *
 * What stays has its name, so that nothing new can be made under it.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html, RetainResources
 */
function judgeHalfDeleted({ live, at, settings, resources: wanted }: Question, ask: Ask): Recovery {
  const { name: stack, terminationProtection: liftsProtection } = live;
  const retains = settings.skip[stack] ?? [];
  const history = ask(at, 'history', { stack });
  const wasNeverStable = history?.kind === 'known' && history.value?.wasStable === false;
  if (!wasNeverStable && retains.length === 0) return { kind: 'stuck' };
  if (!wasNeverStable && liftsProtection) return { kind: 'stuck', why: 'it is protected from termination' };
  const resources = ask(at, 'stackResources', { stack });
  const all = resources?.kind === 'known' ? [...(resources.value?.values() ?? [])] : [];
  const failed = all.filter((r) => r.status === 'DELETE_FAILED');
  const others = retains.filter((logicalId) => !failed.some((r) => r.logicalId === logicalId));
  if (resources?.kind === 'known' && others.length)
    return {
      kind: 'stuck',
      why: toNotFailed(
        others,
        failed.map((r) => r.logicalId),
        'deletion',
      ),
    };
  const inTheWay = judgeStaying(
    failed.filter((r) => retains.includes(r.logicalId)),
    wanted,
    at,
  );
  const isData = (type: string) => (wasNeverStable ? statefulTypes.has(type) : holdsData(type));
  return inTheWay ?? unlessLost({ kind: 'delete', liftsProtection, retains }, toStakes(stack, true, at, ask, { kept: retains, isData }));
}

/** Gives what is stuck because of what stays: it may have a name that the template makes something anew under. */
function judgeStaying(staying: readonly StackResource[], wanted: Question['resources'], at: Surroundings): Recovery | undefined {
  const inTheWay = (how: 'taken' | 'not known') => staying.filter((r) => wanted.some((w) => judgeCollision(r, w, at) === how)).map(toShown);
  const [taken, open] = [inTheWay('taken'), inTheWay('not known')];
  if (taken.length) return { kind: 'stuck', why: `${taken.join(', ')} would stay, and nothing can be made anew under its name` };
  const why = `${open.join(', ')} would stay, and nobody can say whether what is made anew has its name`;
  return open.length ? { kind: 'stuck', why } : undefined;
}

const toNotFailed = (others: readonly string[], failed: readonly string[], what: 'rollback' | 'deletion'): string =>
  `\`recover\` names ${others.join(', ')}; what its ${what} failed on is ${failed.join(', ') || 'not told'}`;

/** Only what its rollback failed on can be left as it is: CloudFormation refuses all other names. */
function judgeSkips({ name }: Question['live'], { skip }: RecoverySettings, recovery: Recovery, at: Surroundings, ask: Ask): Recovery {
  const wanted = skip[name] ?? [];
  if (recovery.kind !== 'continue' || wanted.length === 0) return recovery;
  const { ids: stuck, unread } = findFailed(name, '', at, ask);
  if (unread.length) return { kind: 'stuck', why: unread.join('; ') };
  const others = wanted.filter((logicalId) => !stuck.includes(logicalId));
  if (others.length === 0) return { kind: 'continue', skip: wanted };
  return { kind: 'stuck', why: toNotFailed(others, stuck, 'rollback') };
}

interface Failed {
  readonly ids: readonly string[];
  readonly unread: readonly string[];
}

/**
 * Gives what a rollback failed on, as CloudFormation wants it named: of a nested stack its resources, after its own name and a dot, and not
 * the nested stack itself.
 */
function findFailed(stack: string, prefix: string, at: Surroundings, ask: Ask): Failed {
  const resources = ask(at, 'stackResources', { stack });
  if (resources?.kind !== 'known') return { ids: [], unread: resources ? [toSentence(resources.because)] : [] };
  const failed = [...(resources.value?.values() ?? [])].filter((r) => r.status.endsWith('_FAILED'));
  const found = failed.map((r): Failed => {
    const nested = r.type === 'AWS::CloudFormation::Stack' ? /:stack\/([^/]+)\//.exec(r.physicalId)?.[1] : undefined;
    return nested ? findFailed(r.physicalId, `${nested}.`, at, ask) : { ids: [`${prefix}${r.logicalId}`], unread: [] };
  });
  return { ids: found.flatMap((f) => f.ids).sort(), unread: found.flatMap((f) => f.unread) };
}

/** What would be lost, and why that is not known where it is not. */
interface Stakes {
  readonly data: readonly string[];
  readonly unread: readonly string[];
}

function unlessLost(recovery: Recovery, { data, unread }: Stakes): Recovery {
  if (data.length) return { kind: 'stuck', why: `it would lose what holds data: ${data.join(', ')}` };
  if (unread.length) return { kind: 'stuck', why: `nobody can say whether data would be lost: ${unread.join('; ')}` };
  return recovery;
}

/** How a stack is looked at for what it would lose. */
interface Look {
  readonly isNested?: boolean;
  readonly kept?: readonly string[];
  readonly isData?: (type: string) => boolean;
}

const none: Stakes = { data: [], unread: [] };

/**
 * Gives what a stack would lose if all that it holds (`isAll`), or what was made since it was last stable, were deleted.
 *
 * Where its events do not reach back so far, everything may have been made since; those of nested stacks reach back as far as its own.
 * What is `kept` is not deleted. `isData` says which types hold any: fewer of what never was in use. Looks into nested stacks. A bucket or repository that is empty holds nothing, and a resource that its stack keeps is not lost.
 */
function toStakes(
  stack: string,
  isAll: boolean,
  at: Surroundings,
  ask: Ask,
  { isNested = false, kept = [], isData = (type) => statefulTypes.has(type) }: Look = {},
): Stakes {
  const resources = ask(at, 'stackResources', { stack });
  const history = isAll ? undefined : ask(at, 'history', { stack });
  const unread = [resources, history].flatMap((a) => (a?.kind === 'unknown' ? [toSentence(a.because)] : []));
  if (unread.length) return { data: [], unread };
  const { created = [], isCut = false } = (history?.kind === 'known' ? history.value : undefined) ?? {};
  const isAtStake = (r: StackResource) => isAll || (isCut && !isNested) || created.includes(r.logicalId);
  const all = resources?.kind === 'known' ? [...(resources.value?.values() ?? [])] : [];
  const going = all.filter((r) => isThere(r) && !kept.includes(r.logicalId));
  const found = going.map((r) => {
    if (r.type === 'AWS::CloudFormation::Stack') return toStakes(r.physicalId, isAtStake(r), at, ask, { isNested: true, isData });
    return isAtStake(r) && isData(r.type) ? toStake(r, at, ask) : none;
  });
  return { data: found.flatMap((s) => s.data).sort(), unread: found.flatMap((s) => s.unread) };
}

/** What was never made has no name, and what is deleted or kept outside of its stack is not deleted again. */
const isThere = ({ physicalId, status }: StackResource): boolean => physicalId !== '' && !/^DELETE_(COMPLETE|SKIPPED)$/.test(status);

const toShown = ({ type, logicalId, physicalId }: Pick<StackResource, 'type' | 'logicalId' | 'physicalId'>): string =>
  `${type} ${logicalId} (${physicalId})`;

function toStake({ type, physicalId, logicalId }: StackResource, at: Surroundings, ask: Ask): Stakes {
  const lost: Stakes = { data: [toShown({ type, physicalId, logicalId })], unread: [] };
  switch (type) {
    case 'AWS::S3::Bucket':
    case 'AWS::ECR::Repository':
      return toStakeOf(ask(at, 'isEmpty', { type, name: physicalId }), (isEmpty) => (isEmpty === false ? lost : none));
    case 'AWS::DynamoDB::Table':
      return toStakeOf(ask(at, 'presence', { type, name: physicalId }), (presence) => (presence.kind === 'absent' ? none : lost));
    default:
      return lost;
  }
}

function toStakeOf<T>(answer: Answer<T> | undefined, judge: (value: T) => Stakes): Stakes {
  if (!answer) return none;
  return answer.kind === 'known' ? judge(answer.value) : { data: [], unread: [toSentence(answer.because)] };
}
