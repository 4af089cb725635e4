import { isSamePlace } from '../assembly/surroundings.ts';
import { finding } from '../finding.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';
import { toAsked, toTouched } from './touched.ts';
import { toLiveResources, type TemplateFacts } from '../template-facts.ts';

/**
 * What Lambda keeps for functions without a reservation of their own; new accounts, which have less in all, keep less.
 *
 * @source https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
const kept = 100;
const keptOfNew = 10;

/** Whether the concurrency that functions newly reserve leaves enough for the others. */
export const concurrency: Check = {
  name: 'reserved concurrency',
  tier: 'read',
  judge: ({ templates }, ask) =>
    toAsked(templates).flatMap(({ at }, i, all) => {
      const here = all.filter((s) => isSamePlace(s.at, at));
      if (here[0] !== all[i]) return [];
      const reserving = here.flatMap((s) => toMore(s).map((more) => ({ ...more, s })));
      const sum = reserving.reduce((total, { more }) => total + more, 0);
      const [first] = reserving;
      if (!first || sum <= 0) return [];
      const { stack } = first.s;
      const place = toPlace(stack, first.logicalId);
      return judgeAnswer(ask(at, 'unreservedConcurrency', {}), 'reserved concurrency', place, (unreserved) => {
        if (unreserved === undefined || unreserved - sum >= (unreserved < kept ? keptOfNew : kept)) return [];
        const names = reserving.map(({ logicalId, more }) => `${logicalId} ${more}`).join(', ');
        const message = `${at.account}/${at.region} has ${unreserved} unreserved executions; ${names} would leave ${unreserved - sum}.`;
        return [finding('PF252', message, place)];
      });
    }),
};

/** Gives what functions reserve more than they have; what is open counts as no more. */
function toMore(s: TemplateFacts): readonly { readonly logicalId: string; readonly more: number }[] {
  const functions = toTouched([s], (type) => type === 'AWS::Lambda::Function');
  if (functions.length === 0) return [];
  const live = new Map(toLiveResources(s).map((r) => [r.logicalId, toReserved(r.properties)]));
  const isNew = s.change.action === 'create' || s.change.action === 'recover';
  return functions.flatMap(({ logicalId, properties }) => {
    const more = toReserved(properties) - (isNew ? 0 : (live.get(logicalId) ?? 0));
    return more > 0 ? [{ logicalId, more }] : [];
  });
}

function toReserved(properties: Readonly<Record<string, unknown>>): number {
  const count = Number(properties['ReservedConcurrentExecutions'] ?? 0);
  return Number.isNaN(count) ? 0 : count;
}
