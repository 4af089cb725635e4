import { toSentence } from '../../../../engine/src/answer.ts';
import { toFilled } from '../../../../engine/src/assembly/surroundings.ts';
import { untilAnswered } from '../../../../engine/src/checks/ask.ts';
import type { StackFacts } from '../../../../engine/src/facts.ts';
import type { ChangeSet } from '../../../../engine/src/stack-readings.ts';
import { judgeRecovery, type Recovery, type RecoverySettings } from '../../../../engine/src/recovery.ts';
import type { Progress, RecoveryOrder } from '../../../../engine/src/stack-changes.ts';
import type { Cloud, LiveStack, World } from '../../../../engine/src/world.ts';

/** How long change sets of other runs are left alone, in milliseconds: no job of GitHub's own runners lasts longer. */
const jobMs = 6 * 3_600_000;

/** How bringing a stack back ended: what stopped it, or whether it is another one than was looked at, because it was rolled back. */
export type Recovered = { readonly error: string } | { readonly error?: undefined; readonly isRolledBack?: true };

/**
 * Brings a stack to where it can be deployed from, saying what is done before it is done; gives what stopped it.
 *
 * Every stack is looked at again right before: what it has come to since, and what may be lost by now, nobody knew when the run was
 * judged. One that is not stuck costs nothing more but the look for change sets that earlier runs left.
 */
export async function recoverStack(
  facts: StackFacts,
  settings: RecoverySettings,
  cloud: Cloud,
  world: World,
  onProgress: (progress: Progress) => void,
): Promise<Recovered> {
  const answer = await cloud.stacks.describe(facts.stack.name);
  if (answer.kind === 'unknown') return { error: toSentence(answer.because) };
  const live = answer.value;
  if (!live || live.status === 'DELETE_COMPLETE') return {};
  if (/^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK|IMPORT_ROLLBACK)_COMPLETE$|^REVIEW_IN_PROGRESS$/.test(live.status)) {
    await removeAbandoned(facts, live, cloud, world);
    return {};
  }
  const recovery = await untilAnswered(
    (ask) => judgeRecovery({ live, at: facts.at, settings, resources: [facts, ...facts.nested].flatMap((f) => f.resources) }, ask),
    () => cloud.readings,
  );
  return perform(recovery, live, facts, cloud, world, onProgress);
}

async function perform(
  recovery: Recovery,
  live: LiveStack,
  facts: StackFacts,
  { recoverer, destroyer, stacks }: Cloud,
  { log }: World,
  onProgress: (progress: Progress) => void,
): Promise<Recovered> {
  const order = toOrder(facts, live);
  const { name, status } = live;
  switch (recovery.kind) {
    case 'none':
    case 'fill':
      return {};
    case 'go-on':
      log.line(`🩹 ${name} is in ${status}: going on from there`);
      return {};
    case 'wait':
      return { error: `it is in ${status}: something else is changing it` };
    case 'stuck':
      return { error: `it is in ${status}${recovery.why ? `; ${recovery.why}` : ''}` };
    case 'roll-back':
      log.line(`🩹 ${name} is in ${status}: rolling it back first`);
      return toRolledBack(await recoverer.rollBack(order, onProgress));
    case 'continue': {
      const left = recovery.skip.length ? `, leaving ${recovery.skip.join(', ')} as they are` : '';
      log.line(`🩹 ${name} is in ${status}: continuing its rollback first${left}`);
      return toRolledBack(await recoverer.continueRollback({ ...order, skip: recovery.skip }, onProgress));
    }
    case 'delete': {
      const lifts = recovery.liftsProtection ? ', turning its termination protection off' : '';
      const { retains, liftsProtection } = recovery;
      const why = retains.length
        ? `: deleting what is left of it but ${retains.join(', ')}`
        : ' and was never created: deleting what is left of it';
      log.line(`🩹 ${name} is in ${status}${why}${lifts}`);
      const { error } = await destroyer.destroy({ ...order, liftsProtection, ...(retains.length ? { retains } : {}) }, onProgress);
      if (error !== undefined) return { error };
      const after = await stacks.describe(live.id);
      if (after.kind === 'unknown') return { error: toSentence(after.because) };
      const end = after.value?.status ?? 'DELETE_COMPLETE';
      return end === 'DELETE_COMPLETE' ? {} : { error: `what is left of it could not be deleted: it is in ${end}` };
    }
  }
}

const toRolledBack = ({ error }: { readonly error?: string }): Recovered => (error === undefined ? { isRolledBack: true } : { error });

function toOrder({ stack, at }: StackFacts, { id }: LiveStack): RecoveryOrder {
  const { deploy, externalId, execution } = stack.roles;
  return {
    id,
    roles: {
      ...(deploy ? { deploy: toFilled(deploy, at) } : {}),
      ...(externalId ? { externalId } : {}),
      ...(execution ? { execution: toFilled(execution, at) } : {}),
    },
  };
}

/** Removes the change sets that earlier attempts of this run, or runs that are over for sure, made and did not come to execute. */
async function removeAbandoned(facts: StackFacts, live: LiveStack, cloud: Cloud, { run, clock, log }: World): Promise<void> {
  const isAbandoned = ({ name, createdMs }: ChangeSet) => {
    const [, id, attempt] = /^spaceport-(?:preflight-)?([^-]+)-(\d+)(?:-back)?(?:-draft)?$/.exec(name) ?? [];
    return id !== undefined && ((id === run.id && attempt !== run.attempt) || clock.now() - createdMs > jobMs);
  };
  const found = await cloud.readings.changeSets({ stack: live.name });
  const names = found.kind === 'known' ? found.value.filter(isAbandoned).map((c) => c.name) : [];
  const removed = names.length ? await cloud.recoverer.removeChangeSets(toOrder(facts, live), names) : undefined;
  // What stays does no harm: CloudFormation removes it with the next change set that is executed.
  for (const answer of [found, removed])
    if (answer?.kind === 'unknown') log.debug(`${live.name}: change sets of earlier runs stay: ${toSentence(answer.because)}`);
  if (removed?.kind === 'known') log.line(`🧹 ${live.name}: removed the change sets of earlier runs: ${names.join(', ')}`);
}
