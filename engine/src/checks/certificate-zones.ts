import { toText } from '../assembly/evaluate.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { toList, toPart, toReferred } from './properties.ts';
import { isNamedByRecord } from './referred-ids.ts';
import { isMade, toAsked, toTouched, type Touched } from './touched.ts';

/**
 * Whether new certificates can be validated in the hosted zones that they name: without the record a creation waits for hours.
 *
 * Who delegates to a zone is asked of DNS, not of AWS, and not looked at; a zone that this very deployment makes has nobody yet.
 *
 * @source https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export const certificateZones: Check = {
  name: 'validation of certificates',
  tier: 'read',
  judge: ({ templates }, ask) =>
    toTouched(toAsked(templates), (type) => type === 'AWS::CertificateManager::Certificate')
      .filter(isMade)
      .flatMap((certificate) =>
        toList(certificate.properties['DomainValidationOptions']).flatMap((option) => judgeOption(option, certificate, ask)),
      ),
};

function judgeOption(option: unknown, { facts, place }: Touched, ask: Ask): readonly Finding[] {
  const domain = toText(toPart(option, 'DomainName'));
  const zone = toPart(option, 'HostedZoneId');
  const id = toText(zone);
  if (!domain || zone === undefined) return [];
  if (id === undefined) return isNewZone(toReferred(zone), facts) ? [toUndelegated(domain, place)] : [];
  return judgeAnswer(
    ask(facts.at, 'resource', { type: 'AWS::Route53::HostedZone', identifier: id }),
    `hosted zone ${id}`,
    place,
    (live) => {
      if (!live && isNamedByRecord(id, facts)) return [];
      if (!live) return [finding('PF280', `The hosted zone ${id}, which is to validate ${domain}, is not in this account.`, place)];
      const name = (toText(live['Name']) ?? '').replace(/\.$/, '').toLowerCase();
      const bare = domain.replace(/^\*\./, '').toLowerCase();
      if (name && bare !== name && !bare.endsWith(`.${name}`))
        return [finding('PF280', `${domain} is not within ${name}, the hosted zone ${id} that is to validate it.`, place)];
      if (toList(live['VPCs']).length === 0) return [];
      const message = `The hosted zone ${id}, which is to validate ${domain}, is private: no certificate authority sees its records.`;
      return [{ ...finding('PF280', message, place), severity: 'warning' }];
    },
  );
}

const toUndelegated = (domain: string, place: Touched['place']): Finding => ({
  ...finding(
    'PF280',
    `${domain} is validated in a hosted zone that this deployment makes; until its parent names its servers, it waits.`,
    place,
  ),
  severity: 'warning',
});

/** A zone of the template that is made now, and that nothing in the template delegates to. */
function isNewZone(logicalId: string | undefined, { changes, resources }: Touched['facts']): boolean {
  const isCreated = changes.some((c) => c.logicalId === logicalId && c.type === 'AWS::Route53::HostedZone' && c.action === 'create');
  const delegates = resources.some(
    ({ type, properties }) =>
      type === 'Custom::CrossAccountZoneDelegation' || (type === 'AWS::Route53::RecordSet' && properties['Type'] === 'NS'),
  );
  return isCreated && !delegates;
}
