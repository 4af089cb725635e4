import type { Template } from '../assembly/assembly.ts';
import { languageExtensions, toTransforms } from '../assembly/for-each.ts';
import { finding } from '../finding.ts';
import { toPlace, type Check } from './check.ts';

/** Says of which templates CloudFormation makes more than what stands there: of that nothing is known before the deployment. */
export const macros: Check = {
  name: 'macros',
  tier: 'static',
  judge: ({ stacks }) =>
    stacks
      .filter((s) => s.change.action !== 'unchanged')
      .flatMap(({ stack }) => {
        const open = [...toTransforms(stack.template).filter((name) => name !== languageExtensions), ...toOpen(stack.template)];
        if (open.length === 0) return [];
        return [finding('PF322', `Of ${stack.name} CloudFormation makes more than stands there, by ${open.join(', ')}.`, toPlace(stack))];
      }),
};

/** Gives the functions that stand for whole entries, or for properties, and that are not written out. */
function toOpen({ Resources = {}, Outputs = {}, Conditions = {} }: Template): readonly string[] {
  const entries = Object.entries({ Resources, Outputs, Conditions }).flatMap(([section, entriesOf]) =>
    Object.keys(entriesOf).flatMap((name) => (name.startsWith('Fn::') ? [`${section}/${name}`] : [])),
  );
  const within = Object.entries(Resources).flatMap(([id, { Properties }]) =>
    JSON.stringify(Properties ?? {}).includes('"Fn::Transform":') ? [`Fn::Transform in Resources/${id}`] : [],
  );
  return [...entries, ...within];
}
