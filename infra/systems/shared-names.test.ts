import { nameProperty, nameRules } from '../../engine/src/names.ts';
import { systems } from '../systems.ts';
import { sampleRequest, synthesizeSample, type Sample } from './sample.ts';

const firstRegion = 'us-west-2';
const cases = systems.flatMap((system) =>
  Object.keys(system.environments).map((environment) => [system.name, environment, system] as const),
);

/** Gives the literal names of a sample that count beyond one region, each with its type. */
const sharedNames = ({ templates }: Sample): readonly string[] =>
  Object.values(templates).flatMap(({ Resources = {} }) =>
    Object.values(Resources).flatMap(({ Type, Properties = {} }) => {
      const rule = Object.hasOwn(nameRules, Type) ? nameRules[Type] : undefined;
      const name = rule && Properties[rule.property];
      return typeof name === 'string' && (rule?.scope === 'global' || rule?.scope === 'account') ? [`${Type} ${name}`] : [];
    }),
  );

test.each(cases)('%s in %s has no name in two regions that counts beyond one', async (_, environment, system) => {
  const first = sharedNames(await synthesizeSample(system, environment, { region: firstRegion, firstRegion }));
  const second = sharedNames(await synthesizeSample(system, environment, { region: 'eu-central-1', firstRegion }));
  expect(second).toHaveLength(first.length);
  expect(second.filter((name) => first.includes(name))).toEqual([]);
});

/** CloudFormation tells who owns a resource by its name alone: two of one name would be taken for each other. */
test.each(cases)('%s in %s gives no service resource the name of a data resource', async (_, environment, system) => {
  const { templates } = await synthesizeSample(system, environment);
  const request = sampleRequest(system, environment, '');
  const data = new Map(system.dataResources(request).map(({ type, preferred }) => [preferred, type as string]));
  const alike = Object.values(templates).flatMap(({ Resources = {} }) =>
    Object.values(Resources).flatMap(({ Type, Properties = {} }) => {
      const name = Properties[nameProperty(Type) ?? ''];
      return typeof name === 'string' && data.has(name) && data.get(name) !== Type ? [`${Type} ${name}`] : [];
    }),
  );
  expect(alike).toEqual([]);
});
