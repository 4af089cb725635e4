import type { RuleFile } from '../world.ts';
// aws-cdk-lib brings the validator bundled in its own node_modules, where no import by name reaches it. A relative import
// does, in every tool; for what tsc emits into lib/, the build puts a link to node_modules there.
import type { Diagnostic } from '../../../node_modules/aws-cdk-lib/node_modules/@aws/cloudformation-validate/index.js';

/** AWS's offline CloudFormation validator with all of its rules. */
export interface ValidationEngine {
  /** None means that the engine lost its rules and would find every template good. */
  readonly ruleCount: number;
  /** Gives what is wrong with a template, given as JSON text, at a place; what is not known of the place stays open. */
  validate(
    template: string,
    place: { readonly accountId?: string; readonly region?: string; readonly stackName: string },
  ): readonly Diagnostic[];
}

/**
 * Loads the validator; about a second of one core and 400 MB the first time in a process.
 *
 * Given rule files it has those rules and no others, at the same cost again. It reads nothing but its own WebAssembly file, and stays
 * until the process or worker ends.
 *
 * @throws what the engine says of a rule file that it cannot read.
 */
export async function loadEngine(rules: readonly RuleFile[] = []): Promise<ValidationEngine> {
  const { CompositeEngine, TemplateContent } =
    await import('../../../node_modules/aws-cdk-lib/node_modules/@aws/cloudformation-validate/index.js');
  const of = (ending: string) => rules.filter((r) => r.name.endsWith(ending)).map(({ name, text: content }) => ({ name, content }));
  const engine = new CompositeEngine({ guardRules: of('.guard'), celRules: of('.json'), regoRules: of('.rego') });
  return {
    ruleCount: engine.listRules().length,
    validate: (template, place) =>
      engine.validateTemplate(new TemplateContent(template, place.stackName), {
        detailLevel: 'STANDARD',
        severityLevel: 'WARN',
        disableBuiltinRules: rules.length > 0,
        pseudoParameterOverrides: place,
      }).diagnostics,
  };
}
