import type { Destination } from '../assembly/assembly.ts';
import { toFilled, toPartition, type Surroundings } from '../assembly/surroundings.ts';
import type { StackFacts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { Asked } from '../readings.ts';
import type { Ask } from './ask.ts';
import { isBootstrapped } from './bootstrap.ts';
import { judgeAnswer, notRun, type Check } from './check.ts';
import { isShut } from './places.ts';
import { isOfRun, toAsked } from './touched.ts';
import { toPrincipal, toTrust } from './trust.ts';

/**
 * Whether who deploys can take on the roles that deploy and publish.
 *
 * The toolkit goes on without a role where it cannot be assumed, so that alone stops nothing: only where who deploys may not
 * do the work of the role either. In another account nothing is done without its role. The look-up role is left out: a deployment goes well without it. So is a role that the run
 * itself makes.
 */
export const bootstrapRoles: Check = {
  name: 'roles of the bootstrap',
  tier: 'read',
  judge: ({ stacks, templates, deployer, account }, ask) =>
    deployer
      ? toUses(toAsked(stacks).filter((s) => isBootstrapped(s, ask)))
          .filter(({ role }) => !isOfRun(templates, 'AWS::IAM::Role', toName(role.role)))
          .flatMap((use) => (use.at.account === account ? judgeUse : judgeElsewhere)(use, toPrincipal(deployer.arn), ask))
      : [],
};

/** One role, and what it is for. */
interface Use {
  readonly at: Surroundings;
  readonly stack: string;
  readonly role: Asked<'refusal'>;
  readonly action: string;
  readonly resource: string;
  /** Whether the place cannot be looked at. */
  readonly isShut: boolean;
}

function toUses(stacks: readonly StackFacts[]): readonly Use[] {
  const all = stacks.flatMap((facts): Use[] => {
    const { stack, at } = facts;
    const base = { at, stack: stack.name, isShut: isShut(facts) };
    const arn = (service: string, resource: string) => `arn:${toPartition(at.region)}:${service}:${resource}`;
    const publishes = (kind: 'file' | 'image', toUse: (store: string) => Pick<Use, 'action' | 'resource'>) =>
      stack.assets
        .filter((a) => a.kind === kind)
        .flatMap((a) => a.destinations)
        .filter((d): d is Destination & { role: string } => d.role !== undefined)
        .map((d): Use => ({ ...base, role: toQuestion(d.role, d.externalId, at), ...toUse(toFilled(d.store, at)) }));
    const deploys: Use[] = stack.roles.deploy
      ? [
          {
            ...base,
            role: toQuestion(stack.roles.deploy, stack.roles.externalId, at),
            action: 'cloudformation:CreateChangeSet',
            resource: arn('cloudformation', `${at.region}:${at.account}:stack/${stack.name}/*`),
          },
        ]
      : [];
    return [
      ...deploys,
      ...publishes('file', (store) => ({ action: 's3:PutObject', resource: arn('s3', `::${store}/*`) })),
      ...publishes('image', (store) => ({
        action: 'ecr:PutImage',
        resource: arn('ecr', `${at.region}:${at.account}:repository/${store}`),
      })),
    ];
  });
  return [...new Map(all.toReversed().map((use) => [`${use.role.role} ${use.at.region}`, use])).values()].toReversed();
}

function judgeUse({ at, stack, role: question, action, resource }: Use, principal: string, ask: Ask): readonly Finding[] {
  const place = { stack };
  const { role } = question;
  return judgeAnswer(ask(at, 'refusal', question), `role ${role}`, place, (refusal) => {
    if (refusal === undefined) return [];
    const denied = ask(at, 'denied', { principal, actions: [action], resource });
    if (!denied || (denied.kind === 'known' && denied.value.length === 0)) return [];
    const why = toWhy(role, principal, at, ask);
    if (why === undefined) return [];
    const told = `${principal} cannot assume ${role}: ${why} (${refusal})`;
    if (denied.kind === 'known') return [finding('PF103', `${told}, and has no ${action} of its own.`, place)];
    return [
      { ...finding('PF103', `${told}. Whether it may do without is not known.`, place), severity: 'warning' },
      notRun(`policies of ${principal}`, denied.because, place),
    ];
  });
}

/** Who deploys has no rights of their own in another account, so that a role which cannot be assumed stops the deployment. */
function judgeElsewhere({ at, stack, role: question, isShut: isClosed }: Use, principal: string, ask: Ask): readonly Finding[] {
  const { role } = question;
  return judgeAnswer(ask(at, 'refusal', question), `role ${role}`, { stack }, (refusal) => {
    if (refusal === undefined) return [];
    const why = isClosed ? 'AWS refuses it' : toWhy(role, principal, at, ask);
    if (why === undefined) return [];
    const told = `${principal} cannot assume ${role}: ${why} (${refusal}). Nothing else deploys to account ${at.account}.`;
    return [finding('PF103', told, { stack })];
  });
}

/** Gives the name that the ARN of a role ends with. */
const toName = (role: string): string => role.slice(role.lastIndexOf('/') + 1);

/** Gives the question whether a role of a manifest can be assumed. */
export const toQuestion = (role: string, externalId: string | undefined, at: Surroundings): Asked<'refusal'> => ({
  role: toFilled(role, at),
  ...(externalId ? { externalId } : {}),
});

/** Tells a role that is missing from one that does not trust, and both from a caller who may not; undefined as long as that is not known. */
function toWhy(role: string, principal: string, at: Surroundings, ask: Ask): string | undefined {
  const name = toName(role);
  const presence = ask(at, 'presence', { type: 'AWS::IAM::Role', name });
  if (!presence) return undefined;
  if (presence.kind === 'known' && presence.value.kind === 'absent') return 'there is no such role';
  const found = ask(at, 'resource', { type: 'AWS::IAM::Role', identifier: name });
  if (!found) return undefined;
  const trust = found.kind === 'known' ? toTrust(found.value?.['AssumeRolePolicyDocument'], principal) : 'unclear';
  return {
    admits: 'its trust policy admits the caller, so a policy of the caller has to allow it',
    refuses: 'its trust policy does not admit the caller',
    unclear: 'AWS refuses it',
  }[trust];
}
