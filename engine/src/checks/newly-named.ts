import { toCanonicalJson } from '../canonical.ts';
import { toNaming } from './look-up.ts';
import { isSure, toLiveResources, type TemplateFacts, type TemplateResource } from '../template-facts.ts';

/** Gives the resources of a stack that would newly take a name. Names that the live stack has already under the same logical id are its own: nothing has to be asked about them. */
export function toNewlyNamed(facts: TemplateFacts): readonly TemplateResource[] {
  const isThere = facts.change.action !== 'create' && facts.change.action !== 'recover';
  const key = ({ logicalId, type, properties }: TemplateResource) =>
    `${logicalId} ${type} ${toCanonicalJson(properties[toNaming(type) ?? ''] ?? '')}`;
  const own = new Set(isThere ? toLiveResources(facts).map(key) : []);
  return facts.resources.filter((r) => toNaming(r.type) !== undefined && isSure(r.resource, facts) && !own.has(key(r)));
}
