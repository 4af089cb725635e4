import { stringify } from 'yaml';
import { finding } from '../finding.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';
import { toAsked } from './touched.ts';

/** @source https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html, in the decimal bytes of CloudFormation's own message */
const maxBytes = 1_000_000;

const maxResources = 500;

/** Whether the templates are small enough for CloudFormation, and whether they come near what it takes. Too many resources are the validator's. */
export const templateSizes: Check = {
  name: 'template sizes',
  tier: 'static',
  judge: ({ stacks }) =>
    stacks
      .filter((s) => s.change.action !== 'unchanged')
      .flatMap(({ stack }) => {
        const place = toPlace(stack);
        const count = Object.keys(stack.template.Resources ?? {}).length;
        const bytes = stack.templateBytes;
        const size = `${stack.templateFile} has ${bytes} bytes; CloudFormation takes ${maxBytes}`;
        return [
          ...(bytes > maxBytes ? [finding('PF230', `${size}.`, place)] : []),
          ...(bytes > maxBytes * 0.9 && bytes <= maxBytes ? [finding('PF231', `${size}.`, place)] : []),
          ...(count >= maxResources * 0.9 && count <= maxResources
            ? [finding('PF231', `${stack.name} has ${count} resources; CloudFormation takes ${maxResources}.`, place)]
            : []),
        ];
      }),
};

/** What the toolkit sends inside of a call at most; it counts the template as YAML. */
const maxInline = 50 * 1024;

/** Whether templates that are no assets, as those of the legacy synthesizer, are short enough or have a bucket to be uploaded to. */
export const inlineTemplates: Check = {
  name: 'inline templates',
  tier: 'read',
  judge: ({ stacks }, ask) =>
    toAsked(stacks)
      .filter(({ stack }) => !stack.isTemplateAsset && stringify(stack.template).length > maxInline)
      .flatMap(({ stack, at }) =>
        judgeAnswer(ask(at, 'stackResources', { stack: 'CDKToolkit' }), 'stack CDKToolkit', toPlace(stack), (toolkit) => {
          const message = `${stack.name} has a template beyond ${maxInline} bytes, and ${at.account}/${at.region} no stack CDKToolkit with a bucket for it.`;
          return toolkit ? [] : [finding('PF230', message, toPlace(stack))];
        }),
      ),
};
