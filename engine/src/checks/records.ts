import { isOpen, toText } from '../assembly/evaluate.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, notKnown, toPlace, type Check } from './check.ts';
import { close } from './live.ts';
import { waitsFor } from './moves.ts';
import { isSure, toLiveResources, type TemplateFacts, type TemplateResource } from '../template-facts.ts';

/** Whether the records that the deployment would make are not in their hosted zones yet. */
export const records: Check = {
  name: 'records that exist',
  tier: 'read',
  judge: ({ templates }, ask) => {
    const wanted = templates.filter((s) => s.live && s.change.action !== 'unchanged').flatMap((facts) => toNew(facts, ask));
    return [
      ...wanted.filter((r) => !isGivenUp(r, templates)).flatMap((r) => judgeRecord(r, ask)),
      ...notKnown(
        records.name,
        wanted.filter((r) => r.key === undefined && !r.isOfNew).map((r) => toPlace(r.facts.stack, r.logicalId)),
      ),
    ];
  },
};

interface Wanted {
  readonly facts: TemplateFacts;
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
  /** As `presence` names it; undefined when a part is not known. */
  readonly key?: string;
  /** Whether its zone is made by this very deployment, and empty therefore. */
  readonly isOfNew: boolean;
}

/** One record set of a template: a resource of its own, or one of a group in a zone. */
interface RecordSet {
  readonly logicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

function toRecordSets({ logicalId, type, properties }: TemplateResource): readonly RecordSet[] {
  if (type === 'AWS::Route53::RecordSet') return [{ logicalId, properties }];
  const { HostedZoneId, RecordSets } = properties;
  if (type !== 'AWS::Route53::RecordSetGroup' || !Array.isArray(RecordSets)) return [];
  return RecordSets.map((one: object) => ({ logicalId, properties: { HostedZoneId, ...one } }));
}

const parts = ['Name', 'HostedZoneId', 'Type', 'SetIdentifier'] as const;

/** Those that the live template lacks, in these words or in others, and that no custom resource of the CDK deletes before. */
function toNew(facts: TemplateFacts, ask: Ask): readonly Wanted[] {
  const isThere = facts.change.action !== 'create' && facts.change.action !== 'recover';
  const toId = ({ logicalId, properties }: RecordSet) => JSON.stringify([logicalId, ...parts.map((p) => properties[p] ?? '')]);
  const live = isThere ? toLiveResources(facts).flatMap(toRecordSets) : [];
  const own = new Set(live.map(toId));
  const isOwn = ({ logicalId, key }: Wanted) =>
    key !== undefined && live.some((r) => r.logicalId === logicalId && toWanted(r, facts, ask).key === key);
  return facts.resources
    .filter((r) => isSure(r.resource, facts) && !isDeletedBefore(r, facts))
    .flatMap(toRecordSets)
    .filter((r) => r.properties['HostedZoneId'] !== undefined && !own.has(toId(r)))
    .map((r) => toWanted(r, facts, ask))
    .filter((wanted) => !isOwn(wanted));
}

function isDeletedBefore({ resource: { DependsOn = [] } }: TemplateResource, { resources }: TemplateFacts): boolean {
  return [DependsOn].flat().some((id) => resources.some((r) => r.logicalId === id && r.type === 'Custom::DeleteExistingRecordSet'));
}

function toWanted({ logicalId, properties }: RecordSet, facts: TemplateFacts, ask: Ask): Wanted {
  const [name, zone, type, set] = parts.map((p) => (isOpen(properties[p]) ? close(properties[p], facts, ask) : properties[p]));
  const of = { facts, logicalId, type: toText(type) ?? '', name: toText(name) ?? '' };
  const isKnown = [name, zone, type].every((p) => toText(p) !== undefined) && (set === undefined || toText(set) !== undefined);
  const key = [toFullName(of.name), toText(zone), of.type, toText(set) ?? ''].join('|');
  return { ...of, ...(isKnown ? { key } : {}), isOfNew: isOfNew(properties['HostedZoneId'], facts) };
}

const toFullName = (name: string): string => `${name.toLowerCase().replace(/\.$/, '')}.`;

function isOfNew(zone: unknown, { resources, change, changes }: TemplateFacts): boolean {
  const isWhole = change.action === 'create' || change.action === 'recover';
  const isNew = (id: string) => isWhole || changes.some((c) => c.logicalId === id && c.action !== 'update');
  const text = JSON.stringify(zone);
  return resources.some((r) => r.type === 'AWS::Route53::HostedZone' && isNew(r.logicalId) && text.includes(`"${r.logicalId}"`));
}

/** Says whether a stack that this one waits for has the record now, and not any more when it is done. */
function isGivenUp({ facts, name, type }: Wanted, templates: readonly TemplateFacts[]): boolean {
  const has = (resources: readonly TemplateResource[]) =>
    resources
      .flatMap(toRecordSets)
      .some(({ properties: p }) => toFullName(toText(p['Name']) ?? '') === toFullName(name) && p['Type'] === type);
  return templates.some((s) => waitsFor(facts, s, templates) && has(toLiveResources(s)) && !has(s.resources));
}

function judgeRecord({ facts, logicalId, type, name, key }: Wanted, ask: Ask): readonly Finding[] {
  if (key === undefined) return [];
  const place = toPlace(facts.stack, logicalId);
  const answer = ask(facts.at, 'presence', { type: 'AWS::Route53::RecordSet', name: key });
  return judgeAnswer(answer, `record ${name} ${type}`, place, ({ kind }) =>
    kind === 'absent' ? [] : [finding('PF184', `The ${type} record ${name} is in the hosted zone ${key.split('|')[1]} already.`, place)],
  );
}
