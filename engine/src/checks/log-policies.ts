import { isSamePlace } from '../assembly/surroundings.ts';
import { toText } from '../assembly/evaluate.ts';
import { finding } from '../finding.ts';
import { judgeAnswer, type Check } from './check.ts';
import { isMade, toAsked, toTouched } from './touched.ts';

/** @source https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const maxPolicies = 10;
const maxCharacters = 5_120;

/** Whether CloudWatch Logs has room for the resource policies that the deployment makes, and whether each is short enough. */
export const logPolicies: Check = {
  name: 'resource policies of logs',
  tier: 'read',
  judge: ({ templates }, ask) => {
    const touched = toTouched(toAsked(templates), (type) => type === 'AWS::Logs::ResourcePolicy');
    const long = touched.flatMap(({ properties, logicalId, place }) => {
      const { length } = toText(properties['PolicyDocument']) ?? '';
      const message = `The policy ${logicalId} has ${length} characters; CloudWatch Logs takes ${maxCharacters}.`;
      return length > maxCharacters ? [finding('PF236', message, place)] : [];
    });
    const made = touched.filter(isMade);
    const crowded = made.flatMap(({ facts: { at }, properties, logicalId, place }) =>
      judgeAnswer(ask(at, 'logPolicies', {}), 'resource policies of logs', place, (names) => {
        if (names.includes(toText(properties['PolicyName']) ?? '')) return [];
        const count = names.length + made.filter((p) => isSamePlace(p.facts.at, at)).length;
        const message = `${logicalId} would be one of ${count} policies in ${at.account}/${at.region}, which has room for ${maxPolicies}; it has ${names.join(', ')}.`;
        return count > maxPolicies ? [finding('PF236', message, place)] : [];
      }),
    );
    return [...long, ...crowded];
  },
};
