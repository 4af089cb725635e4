import { evaluate, toText } from '../assembly/evaluate.ts';
import type { Template } from '../assembly/assembly.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';
import type { TemplateFacts } from '../template-facts.ts';

/**
 * Whether the parameters through which CDK hands values to stacks of other regions lose their readers before they go.
 *
 * A warning: the handlers of older versions of CDK refuse it, those of newer ones take the parameter away.
 *
 * @source https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib-readme.html#accessing-resources-in-a-different-stack-and-region
 */
export const crossRegionExports: Check = {
  name: 'exports to other regions',
  tier: 'read',
  judge: ({ templates }, ask) => templates.filter((s) => s.change.action === 'update').flatMap((s) => judgeStack(s, ask)),
};

const writer = 'Custom::CrossRegionExportWriter';

function judgeStack(facts: TemplateFacts, ask: Ask): readonly Finding[] {
  const { stack, at, liveTemplate } = facts;
  const kept = new Set(toWritten(stack.template, facts).map((w) => `${w.region} ${w.name}`));
  return toWritten(liveTemplate ?? {}, facts)
    .filter(({ region, name }) => !kept.has(`${region} ${name}`))
    .flatMap(({ region, name }) =>
      judgeAnswer(ask({ ...at, region }, 'parameterTags', { name }), `readers of ${name}`, toPlace(stack), (tags) => {
        const readers = Object.keys(tags ?? {}).flatMap((tag) => /^aws-cdk:strong-ref:(.+)$/.exec(tag)?.[1] ?? []);
        if (readers.length === 0) return [];
        return [finding('PF192', `${stack.name} removes ${name} in ${region}, which ${readers.sort().join(', ')} read.`, toPlace(stack))];
      }),
    );
}

/** Gives the parameters of SSM through which a template of a stack hands values to stacks of other regions. */
export function toWritten(template: Template, { scope }: TemplateFacts): readonly { readonly region: string; readonly name: string }[] {
  return Object.values(template.Resources ?? {})
    .filter((r) => r.Type === writer)
    .flatMap((r) => {
      const { region, exports } = (r.Properties?.['WriterProps'] ?? {}) as { region?: unknown; exports?: object };
      const where = toText(evaluate(region, scope));
      return where === undefined ? [] : Object.keys(exports ?? {}).map((name) => ({ region: where, name }));
    });
}
