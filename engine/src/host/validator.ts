import { known, unknown, type Answer } from '../answer.ts';
import type { Validated, Validator, Violation } from '../world.ts';
import { createThread } from './thread.ts';
import type { ValidationRequest, ValidationResult } from './validator-worker.ts';

/**
 * Makes the offline validator: a thread of the bundle that loads its engine while the run reads from AWS.
 *
 * `bundle` is the folder of the bundle; where it has no entry, as in a source tree, nothing can be validated and the answer says so.
 */
export function createValidator(bundle: string): Validator {
  const thread = createThread<ValidationRequest, ValidationResult>(bundle, 'validation');
  return {
    warm: () => void thread.start(),
    validate: async (stacks) => toAnswer(await thread.ask({ stacks: stacks.map(toRequest) })),
    apply: async (rules, stacks) => toAnswer(await thread.ask({ rules, stacks: stacks.map(toRequest) })),
    stop: thread.stop,
  };
}

const toRequest = ({ id, name, account, region, template }: Validated): ValidationRequest['stacks'][number] => ({
  id,
  name,
  account,
  region,
  template: JSON.stringify(template),
});

const failed = (message: string): Answer<never> => unknown({ call: 'template validation', resource: 'templates', why: 'failed', message });

function toAnswer(answer: ValidationResult | { readonly error: string }): Answer<readonly Violation[]> {
  if ('error' in answer) return failed(answer.error);
  return answer.ruleCount > 0 ? known(answer.violations) : failed('the engine has no rules');
}
