import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { loadEngine } from '../engine/src/host/cloudformation-validate.ts';
import type { System } from '../engine/src/system.ts';
import { covers, type Suppression, type Violation } from './lib/suppression.ts';
import { systems } from './systems.ts';
import { judgePolicies } from './systems/iam-rules.ts';
import { nag } from './systems/nag.ts';
import { synthesizeSample, type Sample, type SampleTemplate } from './systems/sample.ts';

type Templates = Readonly<Record<string, SampleTemplate>>;
/** Beside other work each of these takes many times its second. */
const patience = 180_000;

const cases = systems.flatMap((system) =>
  Object.keys(system.environments).map((environment) => [system.name, environment, system] as const),
);

/** Suppressions stand beside their system, in suppressions.ts; a system without any has no such file. */
async function suppressionsOf(name: string): Promise<readonly Suppression[]> {
  const path = join(import.meta.dirname, 'systems', name, 'suppressions.ts');
  return existsSync(path) ? ((await import(path)) as { suppressions: readonly Suppression[] }).suppressions : [];
}

/** A second of work, so only once. */
let loaded: ReturnType<typeof loadEngine> | undefined;

const synthesized = new Map<string, Promise<Sample>>();
function sampleOf(system: System, environment: string): Promise<Sample> {
  const key = `${system.name} ${environment}`;
  const made = synthesized.get(key) ?? synthesizeSample(system, environment);
  synthesized.set(key, made);
  return made;
}

const templatesOf = async (system: System, environment: string): Promise<Templates> => (await sampleOf(system, environment)).templates;

async function violationsOf(system: System, environment: string): Promise<readonly Violation[]> {
  const all = Object.values(await templatesOf(system, environment));
  return [...(await Promise.all(all.map(nag))).flat(), ...all.flatMap(judgePolicies)];
}

const unsuppressed = async (system: System, violations: readonly Violation[]): Promise<readonly Violation[]> => {
  const suppressions = await suppressionsOf(system.name);
  return violations.filter((violation) => !suppressions.some((suppression) => covers(suppression, violation)));
};

test.each(cases)(
  '%s in %s gives the CDK nothing to warn of',
  async (_, environment, system) => {
    const { files } = await sampleOf(system, environment);
    const said = Object.values(files).flatMap((text) => text.match(/"type": "aws:cdk:(?:error|warning|info)",\s*"data": "[^"]*/g) ?? []);
    expect(said).toEqual([]);
  },
  patience,
);

test.each(cases)(
  '%s in %s breaks no rule of AwsSolutions',
  async (_, environment, system) => {
    const all = Object.values(await templatesOf(system, environment));
    expect(await unsuppressed(system, (await Promise.all(all.map(nag))).flat())).toEqual([]);
  },
  patience,
);

test.each(cases)(
  '%s in %s names every action, and resources wherever an action knows them',
  async (_, environment, system) => {
    const found = Object.values(await templatesOf(system, environment)).flatMap(judgePolicies);
    expect(await unsuppressed(system, found)).toEqual([]);
  },
  patience,
);

/** Gives the names of the topics that alarms of the templates tell and whose own policy does not let them. */
function closedTopics(templates: Templates): { readonly told: number; readonly closed: readonly string[] } {
  const resources = Object.entries(templates).flatMap(([stack, { Resources = {} }]) =>
    Object.entries(Resources).map(([id, { Type, Properties = {} }]) => ({ stack, id, Type, Properties })),
  );
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type);
  const alarms = ofType('AWS::CloudWatch::Alarm');
  const policies = ofType('AWS::SNS::TopicPolicy');
  const told = ofType('AWS::SNS::Topic').filter(({ stack, id }) =>
    alarms.some(({ stack: own, Properties }) =>
      JSON.stringify(Properties['AlarmActions'] ?? []).includes(own === stack ? `{"Ref":"${id}"}` : `"${stack}:ExportsOutputRef${id}`),
    ),
  );
  const closed = told.filter(({ stack, id }) => {
    const own = policies.filter((policy) => policy.stack === stack && JSON.stringify(policy.Properties['Topics']) === `[{"Ref":"${id}"}]`);
    const text = JSON.stringify(own.map(({ Properties }) => Properties['PolicyDocument']));
    return own.length > 0 && !/"Allow","Principal":\{"Service":"cloudwatch\.amazonaws\.com"\}/.test(text);
  });
  return { told: told.length, closed: closed.map(({ stack, id }) => `${stack}/${id}`) };
}

test.each(cases)(
  '%s in %s lets its alarms publish to the topics that they tell',
  async (_, environment, system) => {
    const { told, closed } = closedTopics(await templatesOf(system, environment));
    expect(closed).toEqual([]);
    if (Object.values(await templatesOf(system, environment)).some((t) => JSON.stringify(t).includes('"AlarmActions":[{')))
      expect(told).toBeGreaterThan(0);
  },
  patience,
);

/** Gives the aliases whose key allows nobody to name it: KMS asks the key as well as the alias. */
function deniedAliases({ Resources = {} }: SampleTemplate): readonly string[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) => {
    if (Type !== 'AWS::KMS::Alias') return [];
    const [key = ''] = (Properties['TargetKeyId'] as { 'Fn::GetAtt'?: readonly string[] })['Fn::GetAtt'] ?? [];
    const policy = JSON.stringify(Resources[key]?.Properties?.['KeyPolicy'] ?? {});
    const isAllowed = ['CreateAlias', 'DeleteAlias', 'UpdateAlias'].every((call) => policy.includes(`"kms:${call}"`));
    return isAllowed || policy.includes('"kms:*"') ? [] : [id];
  });
}

test.each(cases)(
  '%s in %s lets every key have its alias',
  async (_, environment, system) => {
    expect(Object.values(await templatesOf(system, environment)).flatMap(deniedAliases)).toEqual([]);
  },
  patience,
);

test.each(cases)(
  '%s in %s has no template that the validator refuses',
  async (_, environment, system) => {
    const engine = await (loaded ??= loadEngine());
    expect(engine.ruleCount).toBeGreaterThan(100);
    for (const [stackName, template] of Object.entries(await templatesOf(system, environment))) {
      const found = engine.validate(JSON.stringify(template), { accountId: '111111111111', region: 'us-west-2', stackName });
      expect(found.filter(({ severity }) => severity === 'FATAL' || severity === 'ERROR')).toEqual([]);
    }
  },
  patience,
);

test.each(systems.map((system) => [system.name, system] as const))(
  'every suppression of %s still covers something, and says why',
  async (name, system) => {
    const violations = (await Promise.all(Object.keys(system.environments).map((environment) => violationsOf(system, environment)))).flat();
    const suppressions = await suppressionsOf(name);
    expect(suppressions.filter((suppression) => !violations.some((violation) => covers(suppression, violation)))).toEqual([]);
    expect(suppressions.filter(({ reason }) => reason.length < 40)).toEqual([]);
  },
  patience,
);

const cfnLint = join(dirname(import.meta.dirname), '.tools/cfn-lint/bin/cfn-lint');
/** Not there on every machine, because it needs Python and a download. */
const whenInstalled = existsSync(cfnLint) ? test : test.skip;

whenInstalled(
  'cfn-lint agrees (npm run setup:act installs it)',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cfn-lint-'));
    const files: string[] = [];
    for (const [name, environment, system] of cases)
      for (const [stack, template] of Object.entries(await templatesOf(system, environment))) {
        const file = join(folder, `${name}-${stack}.json`);
        await writeFile(file, JSON.stringify(template));
        files.push(file);
      }
    const found = await promisify(execFile)(cfnLint, [
      '--non-zero-exit-code',
      'error',
      '--format',
      'parseable',
      '--regions',
      'us-west-2',
      '--',
      ...files,
    ]).then(
      () => '',
      (e: { stdout: string; stderr: string }) => `${e.stdout}${e.stderr}`,
    );
    await rm(folder, { recursive: true });
    expect(found.split('\n').filter((line) => /:E\d{4}:/.test(line) || /Traceback/.test(line))).toEqual([]);
  },
  patience,
);
