import type { StackFacts } from '../../../../engine/src/facts.ts';
import { finding, orderFindings } from '../../../../engine/src/finding.ts';
import { inspect, type InspectInputs, type Inspection } from '../../../../engine/src/inspect.ts';
import { toClouds } from '../../../../engine/src/target.ts';
import type { Cloud, World } from '../../../../engine/src/world.ts';

/** How often a stack that something else changes is looked at, in milliseconds. */
const pollMs = 3_000;

/** An inspection, as far as it says what is being changed. */
type Looked = Inspection & { readonly cloud: Cloud };

/**
 * Inspects a deployment; where something else is changing a stack of it, waits until that is done and inspects it anew.
 *
 * What is found of a stack in the middle of its change is not acted on: its data resources may not be its own yet. When the time is over
 * the stacks are errors (PF111); a cancelled run gets what was found last.
 */
export async function inspectSettled(inputs: InspectInputs, endMs: number, world: World): Promise<Looked> {
  const startMs = world.clock.now();
  for (;;) {
    const looked = await inspect(inputs, 'read', world);
    const busy = looked.facts.stacks.filter(isBusy);
    if (busy.length === 0 || inputs.recovery?.isOn === false || world.cancelled.aborted) return looked;
    if (world.clock.now() >= endMs) return refuse(looked, Math.round((world.clock.now() - startMs) / 60_000));
    const minutes = Math.ceil((endMs - world.clock.now()) / 60_000);
    for (const { stack, live } of busy)
      world.log.line(`⏳ ${stack.name} is in ${toStatus(live)}: waiting for its end, ${minutes} minutes at most`);
    const clouds = toClouds(looked.environment, { account: looked.account, cloud: looked.cloud }, looked.facts.assembly.stacks, world);
    await Promise.all(busy.map((facts) => untilSettled(facts, clouds(facts.at), endMs, world)));
  }
}

const toStatus = (live: StackFacts['live']): string => (live?.kind === 'known' ? (live.value?.status ?? '') : '');

const isBusyStatus = (status: string): boolean => status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';

const isBusy = ({ live }: StackFacts): boolean => isBusyStatus(toStatus(live));

/** A look that failed is made again, but for one that is refused: what that means the next inspection says. */
async function untilSettled({ stack }: StackFacts, { stacks }: Cloud, endMs: number, { clock, cancelled }: World): Promise<void> {
  while (clock.now() < endMs && !cancelled.aborted) {
    await clock.sleep(Math.min(pollMs, Math.max(1, endMs - clock.now())), cancelled);
    const live = await stacks.describe(stack.name);
    if (live.kind === 'known' && !isBusyStatus(toStatus(live))) return;
    if (live.kind === 'unknown' && ['denied', 'expired', 'refused'].includes(live.because.why)) return;
  }
}

function refuse(looked: Looked, minutes: number): Looked {
  const findings = looked.findings.map((f) =>
    f.code === 'PF114' ? finding('PF111', `${f.message} It was waited for ${minutes} minutes.`, f.place) : f,
  );
  return { ...looked, findings: orderFindings(findings) };
}
