import { finding } from '../finding.ts';
import { toPlace, type Check } from './check.ts';
import { findTexts } from './texts.ts';
import { toTouched } from './touched.ts';

/** What aws-cdk-lib writes in place of the answer of a look-up; nothing in AWS is called so. */
const placeholder = /^(vpc-12345|sg-12345678|ami-1234|DUMMY|dummy-value-for-.*|1234abcd-12ab-34cd-56ef-1234567890ab)$/;

/** Only zones are looked up into `DUMMY`; elsewhere it may be meant. */
const isPlaceholder = (text: string, path: readonly string[]): boolean =>
  placeholder.test(text) && (text !== 'DUMMY' || path.at(-1) === 'HostedZoneId');

/** Whether a placeholder of a look-up came as far as the template. What the assembly itself says is missing is PF133. */
export const placeholders: Check = {
  name: 'placeholders of look-ups',
  tier: 'static',
  judge: ({ templates, assembly }) =>
    assembly.missing.length
      ? []
      : toTouched(templates, () => true).flatMap(({ properties, facts, logicalId }) =>
          findTexts(properties)
            .filter(({ text, path }) => isPlaceholder(text, path))
            .map(({ text, path }) => finding('PF242', `${path.join('.')} is ${text}.`, toPlace(facts.stack, logicalId))),
        ),
};
