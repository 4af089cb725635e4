import { isOpen } from '../assembly/evaluate.ts';
import { toCanonicalJson } from '../canonical.ts';
import type { Adoption } from '../decision.ts';
import { finding, type Finding } from '../finding.ts';
import type { LiveProperties } from '../readings.ts';
import type { Ask } from './ask.ts';
import { toNaming } from './look-up.ts';
import { toPlace } from './check.ts';
import { toPolicy, type TemplateFacts, type TemplateResource } from '../template-facts.ts';

/** CloudFormation imports by this policy, too; what a rollback does with that is not documented. */
const exceptOnCreate = ' Its DeletionPolicy is RetainExceptOnCreate: only Retain surely keeps it where this deployment fails.';

/** Judges a data resource that is adopted: why it cannot be, or what stays otherwise than its template says. */
export function judgeAdoption(
  { facts, resource }: { readonly facts: TemplateFacts; readonly resource: TemplateResource },
  { type, name, logicalId, obstacle }: Adoption,
  ask: Ask,
): readonly Finding[] {
  const place = toPlace(facts.stack, logicalId);
  if (obstacle) return [finding('PF310', `The ${type} ${name} exists, and no stack owns it; ${obstacle}.`, place)];
  const live = ask(facts.at, 'resource', { type, identifier: name });
  if (!live) return [];
  const { [toNaming(type) ?? '']: _name, ...wanted } = resource.properties;
  const differs = live.kind === 'known' && live.value ? toDifferences(wanted, live.value) : undefined;
  const settings =
    differs === undefined
      ? 'whether its settings are those of the template cannot be read'
      : differs.length
        ? `${differs.join(', ')} ${differs.length === 1 ? 'is' : 'are'} otherwise in the template`
        : 'its settings are those of the template, as far as they are known';
  const policy = toPolicy(resource.resource.DeletionPolicy, facts.scope) === 'RetainExceptOnCreate' ? exceptOnCreate : '';
  return [finding('PF311', `The ${type} ${name} is taken into ${facts.stack.name} with all that it holds; ${settings}.${policy}`, place)];
}

/** Gives the properties that a resource has otherwise than its template says, as far as both are known; tags are set at the import. */
export function toDifferences(wanted: Readonly<Record<string, unknown>>, live: LiveProperties): readonly string[] {
  return Object.entries(wanted)
    .filter(([key, value]) => key !== 'Tags' && !isOpen(value) && !contains(live[key], value))
    .map(([key]) => key)
    .sort();
}

/** Says whether a live value has all that the template says; what AWS fills in beside it is no difference. */
function contains(live: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return Array.isArray(live) && wanted.every((w) => live.some((l) => contains(l, w)));
  if (wanted === null || typeof wanted !== 'object') return String(live) === String(wanted);
  if (live === null || typeof live !== 'object') return toCanonicalJson(wanted) === '{}';
  return Object.entries(wanted).every(([key, value]) => contains((live as Readonly<Record<string, unknown>>)[key], value));
}
