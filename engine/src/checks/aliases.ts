import { isOpen, toText } from '../assembly/evaluate.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, notRun, toPlace, type Check } from './check.ts';
import { close } from './live.ts';
import { waitsFor } from './moves.ts';
import { isSure, toLiveResources, type TemplateFacts, type TemplateResource } from '../template-facts.ts';

const distribution = 'AWS::CloudFront::Distribution';

/**
 * Whether the domain names that distributions would newly answer for are free, as far as this account knows.
 *
 * A distribution of another account may have one too; CloudFront tells that only at the deployment.
 */
export const aliases: Check = {
  name: 'aliases of distributions',
  tier: 'read',
  judge: ({ templates }, ask) =>
    templates
      .filter((s) => s.live && s.change.action !== 'unchanged')
      .flatMap((facts) => toNew(facts, ask).flatMap((wanted) => judgeAlias(wanted, facts, templates, ask))),
};

interface Wanted {
  readonly logicalId: string;
  readonly alias: string;
}

function toNew(facts: TemplateFacts, ask: Ask): readonly Wanted[] {
  const isThere = facts.change.action !== 'create' && facts.change.action !== 'recover';
  const own = isThere ? toLiveResources(facts).flatMap((r) => toAliases(r, facts, ask)) : [];
  return facts.resources
    .filter((r) => isSure(r.resource, facts))
    .flatMap((r) => toAliases(r, facts, ask))
    .filter(({ logicalId, alias }) => !own.some((o) => o.logicalId === logicalId && o.alias === alias));
}

function toAliases({ logicalId, type, properties }: TemplateResource, facts: TemplateFacts, ask: Ask): readonly Wanted[] {
  const listed = type === distribution ? (properties['DistributionConfig'] as { Aliases?: unknown } | undefined)?.Aliases : undefined;
  const all = isOpen(listed) ? close(listed, facts, ask) : listed;
  return (Array.isArray(all) ? all : []).flatMap((value) => {
    const alias = toText(value);
    return alias === undefined ? [] : [{ logicalId, alias: alias.toLowerCase() }];
  });
}

function judgeAlias({ logicalId, alias }: Wanted, facts: TemplateFacts, templates: readonly TemplateFacts[], ask: Ask): readonly Finding[] {
  const { stack, at } = facts;
  const place = toPlace(stack, logicalId);
  return judgeAnswer(ask(at, 'presence', { type: distribution, name: alias }), `alias ${alias}`, place, (presence) => {
    if (presence.kind !== 'present') return [];
    const { physicalId = '' } = presence;
    const owner = ask(at, 'owner', { type: distribution, physicalId });
    if (!owner) return [];
    if (owner.kind === 'unknown' && facts.unread.length) return [notRun(`owner of the alias ${alias}`, owner.because, place)];
    const found = owner.kind === 'known' ? owner.value : undefined;
    if (found?.stack === stack.name && found.logicalId === logicalId) return [];
    const source = templates.find((s) => s.stack.name === found?.stack && waitsFor(facts, s, templates));
    if (source && !source.resources.some((r) => toAliases(r, source, ask).some((o) => o.alias === alias))) return []; // given up in time
    const whose = found ? ` of the stack ${found.stack}` : '';
    return [finding('PF183', `${alias} is an alias of the distribution ${physicalId}${whose}.`, place)];
  });
}
