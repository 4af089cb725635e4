import { describe, expect, test } from '@jest/globals';
import { known, unknown } from '../../../../engine/src/answer.ts';
import type { FunctionCode, ServiceCode } from '../../../../engine/src/code.ts';
import { readSampleStack } from '../../../../test/fakes/assembly.ts';
import { zipOf } from '../../../../test/fakes/zip.ts';
import { judgeFunction, type FunctionSeen } from './judge-function.ts';
import { chooseImages, toUnsteady } from './judge-service.ts';
import { judgeRelease } from './release-service.ts';
import { matchTargets, toTargets, type Target } from './targets.ts';
import { parseWanted } from './wanted.ts';

const account = '111111111111';
const registry = `${account}.dkr.ecr.us-west-2.amazonaws.com`;
const digest = `sha256:${'a'.repeat(64)}`;

describe('which containers get which image', () => {
  const shop = { name: 'app', image: `${registry}/shop:1` };
  const agent = { name: 'agent', image: 'public.ecr.aws/otel:9' };
  const mirrored = { name: 'log', image: `222222222222.dkr.ecr.us-west-2.amazonaws.com/fluent:2` };
  const jobs = { name: 'jobs', image: `${registry}/jobs:1` };
  const tag = { kind: 'tag', tag: '2' } as const;
  const image = (uri: string) => ({ kind: 'image', uri }) as const;

  test.each([
    ['a tag: those of the repository of ECR', [shop, agent], tag, { app: `${registry}/shop:2` }],
    ['a tag: those of the own account, where a sidecar lies in another one', [shop, mirrored], tag, { app: `${registry}/shop:2` }],
    ['a tag: all of one repository', [shop, { ...shop, name: 'init' }], tag, { app: `${registry}/shop:2`, init: `${registry}/shop:2` }],
    ['a digest', [shop], { kind: 'digest', digest } as const, { app: `${registry}/shop@${digest}` }],
    ['a name: those of its repository', [shop, jobs], image(`${registry}/jobs:7`), { jobs: `${registry}/jobs:7` }],
    ['a name of another repository: the only one', [agent], image(`${registry}/shop:7`), { agent: `${registry}/shop:7` }],
  ])('%s', (_name, containers, code, images) => expect(chooseImages(containers, code, account, true)).toEqual({ kind: 'chosen', images }));

  test.each([
    ['a tag for several repositories', [shop, jobs], tag],
    ['a tag for none', [agent], tag],
    ['a name that is none of several', [shop, agent], image(`${registry}/jobs:7`)],
    ['a ZIP', [shop], { kind: 'file', path: 'a.zip' } as const],
  ])('nobody knows for %s', (_name, containers, code) => expect(chooseImages(containers, code, account, true).kind).toBe('unclear'));

  test.each([
    ['a tag for all, of which one runs nothing of ECR', [agent], tag],
    ['a name for a stack, of which one runs another repository', [shop], image(`${registry}/jobs:7`)],
  ])('others are meant by %s', (_name, containers, code) =>
    expect(chooseImages(containers, code, account, false).kind).toBe('passed-over'),
  );
});

describe('what a line means', () => {
  const metadata = {
    '/Shop/Web/Service/Service': [{ type: 'aws:cdk:logicalId', data: 'Api' }],
    '/Shop/Jobs/Resource': [{ type: 'aws:cdk:logicalId', data: 'Jobs' }],
  };
  const stack = readSampleStack({ metadata, resources: {} });
  const arn = (name: string) => `arn:aws:ecs:us-west-2:${account}:service/main/${name}`;
  const resource = (logicalId: string, type: string, physicalId: string) =>
    [logicalId, { logicalId, type, physicalId, status: 'CREATE_COMPLETE' }] as const;
  const targets = toTargets(
    stack,
    { account, region: 'us-west-2' },
    new Map([
      resource('Api', 'AWS::ECS::Service', arn('web')),
      resource('Jobs', 'AWS::Lambda::Function', 'jobs'),
      resource('Live', 'AWS::Lambda::Alias', `arn:aws:lambda:us-west-2:${account}:function:jobs:live`),
      resource('Other', 'AWS::Lambda::Alias', `arn:aws:lambda:us-west-2:${account}:function:others:live`),
      resource('Never', 'AWS::Lambda::Function', ''),
    ]),
  );
  const ids = (code: Record<string, string>, imageTag?: string) =>
    matchTargets(targets, parseWanted(code, imageTag).lines).matches.map((m) => `${m.target.id} ${m.line.text}`);

  test.each(['Api', 'Shop/Api', 'Shop/Web', 'Shop/Web/Service', 'web'])('a service is meant by %s', (where) =>
    expect(ids({ [where]: ':2' })).toEqual(['Shop/Api :2']),
  );
  test('a stack means what takes the code', () => expect(ids({ Shop: 'a.zip' })).toEqual(['Shop/Jobs a.zip']));
  test('a tag for all means what no line names', () => {
    expect(ids({ Jobs: 'a.zip' }, '3')).toEqual(['Shop/Jobs a.zip', 'Shop/Api :3']);
    expect(ids({ Api: ':2' }, '3')).toEqual(['Shop/Api :2']);
  });
  test('the aliases of a function are those of its stack', () =>
    expect(targets.map((t) => t.kind === 'function' && t.aliases)).toEqual([false, ['live']]));
});

describe('how a release stands', () => {
  const service = (more: Partial<ServiceCode>): ServiceCode => ({
    arn: 'a',
    status: 'ACTIVE',
    controller: 'ECS',
    strategy: 'ROLLING',
    hasBreaker: true,
    taskDefinition: 'd:2',
    desired: 1,
    running: 1,
    deployments: [],
    ...more,
  });
  const deployment = (status: string, taskDefinition: string, rollout: string, reason = '') => ({
    status,
    taskDefinition,
    rollout,
    reason,
    failed: 0,
  });
  const done = deployment('PRIMARY', 'd:2', 'COMPLETED');

  test.each<[string, ServiceCode, string]>([
    ['steady', service({ deployments: [done] }), 'steady'],
    [
      'with the old tasks still there, as in a bake time',
      service({ deployments: [{ ...done, rollout: 'IN_PROGRESS' }, deployment('ACTIVE', 'd:1', 'COMPLETED')] }),
      'waiting',
    ],
    ['with a task too few', service({ deployments: [done], running: 0 }), 'waiting'],
    [
      'sent back by ECS',
      service({
        taskDefinition: 'd:1',
        deployments: [deployment('ACTIVE', 'd:2', 'FAILED', 'no'), deployment('PRIMARY', 'd:1', 'IN_PROGRESS')],
      }),
      'broken',
    ],
    ['sent back and forgotten', service({ taskDefinition: 'd:1', deployments: [deployment('PRIMARY', 'd:1', 'COMPLETED')] }), 'broken'],
    [
      'given something else meanwhile',
      service({ taskDefinition: 'd:9', deployments: [deployment('PRIMARY', 'd:9', 'IN_PROGRESS')] }),
      'replaced',
    ],
  ])('%s', (_name, code, kind) => expect(judgeRelease(code, 'd:2', 'd:1').kind).toBe(kind));

  test('a release that failed before leaves a service steady', () =>
    expect(toUnsteady(service({ deployments: [deployment('ACTIVE', 'd:3', 'FAILED'), done] }))).toBeUndefined());
});

describe('code for a function', () => {
  const target = { id: 'Shop/Jobs', kind: 'function', place: {} } as unknown as Target;
  const code: FunctionCode = {
    arn: 'a',
    state: 'Active',
    update: 'Successful',
    reason: '',
    revision: 'r',
    sha256: 'f'.repeat(64),
    packageType: 'Image',
    runtime: '',
    handler: '',
  };
  const seen = (more: Partial<FunctionSeen> = {}): FunctionSeen => ({
    name: 'jobs',
    code,
    aliases: [],
    former: { kind: 'image', uri: `${registry}/jobs@${digest}` },
    wanted: { kind: 'tag', tag: '2' },
    region: 'us-west-2',
    image: known({ mediaType: 'manifest', digest }),
    ...more,
  });
  const codes = (more: Partial<FunctionSeen>) => judgeFunction(target, seen(more)).findings.map((f) => f.code);
  const zipped = { ...code, packageType: 'Zip', runtime: 'nodejs22.x', handler: 'src/app.main' };
  const file = (files: Record<string, string>) => ({ bytes: zipOf(files), sha256: 's' });
  const wanted = { kind: 'file', path: 'a.zip' } as const;
  const large = { kind: 'zip', bytes: toLarge() } as const;

  test('a tag is of the repository that it runs from', () =>
    expect(judgeFunction(target, seen()).order).toMatchObject({ code: { kind: 'image', uri: `${registry}/jobs:2` }, isUnchanged: false }));
  test('that it runs already is no change', () =>
    expect(judgeFunction(target, seen({ image: known({ mediaType: 'm', digest: `sha256:${code.sha256}` }) })).order?.isUnchanged).toBe(
      true,
    ));

  test.each<[string, Partial<FunctionSeen>, readonly string[]]>([
    ['an index of images', { image: known({ mediaType: 'application/vnd.oci.image.index.v1+json' }) }, ['PF283']],
    ['an image of another region', { wanted: { kind: 'image', uri: `${account}.dkr.ecr.eu-west-1.amazonaws.com/jobs:2` } }, ['PF283']],
    ['an image that is not of ECR', { wanted: { kind: 'image', uri: 'nginx:1' } }, ['DP181']],
    ['an image that is not there', { image: known(undefined) }, ['PF282']],
    ['an image that cannot be looked up', { image: unknown({ call: 'c', resource: 'r', why: 'denied', message: '' }) }, ['DP182']],
    ['an alias that is being shifted', { aliases: [{ name: 'live', version: '1', revision: 'r', isShifting: true }] }, ['DP183']],
    ['a ZIP without its handler', { code: zipped, wanted, file: file({ 'index.js': '' }) }, ['DP181']],
    ['a ZIP with its handler', { code: zipped, wanted, file: file({ 'src/app.mjs': '' }) }, []],
    [
      'a ZIP of Python',
      { code: { ...zipped, runtime: 'python3.13', handler: 'src.app.main' }, wanted, file: file({ 'src/app.py': '' }) },
      [],
    ],
    [
      'a ZIP without the program of an own runtime',
      { code: { ...zipped, runtime: 'provided.al2023' }, wanted, file: file({ a: '' }) },
      ['DP181'],
    ],
    ['a ZIP of a runtime that nobody knows here', { code: { ...zipped, runtime: 'java21' }, wanted, file: file({ a: '' }) }, []],
    ['what is no ZIP', { code: zipped, wanted, file: { bytes: new Uint8Array(9), sha256: 's' } }, ['DP181']],
    [
      'a ZIP after one that is too large for a call to bring back',
      { code: zipped, wanted, file: file({ 'src/app.mjs': '' }), former: large },
      ['DP188'],
    ],
    [
      'the ZIP that it has, which is too large for a call',
      { code: { ...zipped, sha256: 's' }, wanted, file: { ...file({ 'src/app.mjs': '' }), sha256: 's' }, former: large },
      [],
    ],
    ['a ZIP too large for a call', { code: { ...zipped, runtime: 'java21' }, wanted, file: { bytes: toLarge(), sha256: 's' } }, ['PF234']],
  ])('is judged: %s', (_name, more, found) => expect(codes(more)).toEqual(found));

  test('a function whose former code could not come back is given other code all the same', () => {
    const { order } = judgeFunction(target, seen({ code: zipped, wanted, file: file({ 'src/app.mjs': '' }), former: large }));
    expect(order?.former).toBe(large);
  });
});

/** A ZIP of a file that is a little larger than what a call takes. */
function toLarge(): Uint8Array {
  return zipOf({ a: 'x'.repeat(52_428_801) });
}
