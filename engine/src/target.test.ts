import { describe, expect, test } from '@jest/globals';
import { known, unknown, type Answer } from './answer.ts';
import { Stop } from './finding.ts';
import { connectTo, findTarget, loadConfig, type TargetInputs } from './target.ts';
import { open } from '../../test/fakes/facts.ts';
import { createFakeWorld, type FakeWorldOptions, type SampleSystem } from '../../test/fakes/world.ts';

const path = '.github/spaceport.yml';
const photo: SampleSystem = { name: 'photo', environments: { live: { branches: ['main'], protected: true } }, stacks: () => ({}) };

const find = (inputs: Partial<TargetInputs> = {}, options: FakeWorldOptions = {}, withoutOrigin = false) =>
  findTarget({ config: path, ...inputs }, createFakeWorld({ system: photo, ...options }).world, {
    withoutOrigin,
    withoutRegion: withoutOrigin,
  });
const told = async (act: Promise<unknown>): Promise<string[]> => {
  const thrown = await act.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!(thrown instanceof Stop)) throw new Error('it was not stopped', { cause: thrown });
  return thrown.findings.map((f) => `${f.code} ${f.message}`);
};
const cdkJson = (text: string): FakeWorldOptions => ({ files: { 'cdk.json': text } });

describe('where the assembly comes from', () => {
  test.each<[string, Partial<TargetInputs>, FakeWorldOptions, object]>([
    ['the input `system`', { system: 'photo' }, {}, { kind: 'system', system: { name: 'photo' } }],
    ['the input `app`', { app: 'npx tsx app.ts' }, {}, { kind: 'app', command: 'npx tsx app.ts' }],
    ['the input `cdk-out`', { cdkOut: 'out' }, {}, { kind: 'cdk-out', folder: 'out' }],
    ['the config, where no input says', {}, { files: { [path]: 'app: make synth\n' } }, { kind: 'app', command: 'make synth' }],
    ['an input, whatever the config says', { cdkOut: 'out' }, { files: { [path]: 'system: photo\n' } }, { kind: 'cdk-out', folder: 'out' }],
    ['cdk.json, where nothing else says', {}, cdkJson('{"app":"node app.js"}'), { kind: 'app', command: 'node app.js' }],
  ])('%s', async (_name, inputs, options, origin) => expect((await find(inputs, options)).origin).toMatchObject(origin));

  test.each<[string, Partial<TargetInputs>, FakeWorldOptions, RegExp]>([
    ['a system that is not there', { system: 'phto' }, {}, /^RT053 `phto` is none of the systems photo\.$/],
    ['no source and no cdk.json', {}, {}, /^RT054 There is no cdk\.json in \/repo either\.$/],
    ['a cdk.json without an app', {}, cdkJson('{"context":{}}'), /^RT054 cdk\.json has no `app`\.$/],
    ['a cdk.json that is no JSON', {}, cdkJson('app: x'), /^RT054 cdk\.json is no JSON: .+\.$/],
  ])('is refused for %s', async (_name, inputs, options, message) =>
    expect(await told(find(inputs, options))).toEqual([expect.stringMatching(message)]),
  );

  test('does not matter to a run that only maps the branch', async () => {
    expect((await find({}, {}, true)).origin).toBeUndefined();
    expect((await find({}, {}, true)).environment.name).toBe('prod');
  });

  test('does matter to it where a system is named that is not there', async () => {
    expect(await told(find({ system: 'phto' }, {}, true))).toEqual(['RT053 `phto` is none of the systems photo.']);
  });
});

describe('the region of a run', () => {
  const region = (inputs: Partial<TargetInputs>, options: FakeWorldOptions, withoutRegion: boolean) =>
    findTarget({ config: path, cdkOut: 'out', ...inputs }, createFakeWorld(options).world, { withoutOrigin: false, withoutRegion });

  test('may be missing where nothing is asked of AWS, and nowhere else', async () => {
    expect((await region({}, { ambientRegion: '' }, true)).region).toBeUndefined();
    expect(await told(region({}, { ambientRegion: '' }, false))).toEqual([expect.stringMatching(/^RT042 /)]);
  });

  test('has to be one of the environment all the same', async () => {
    const files = { [path]: 'environments: { prod: { branches: [main], regions: [eu-west-1] } }\n' };
    expect(await told(region({ region: 'us-west-2' }, { files }, true))).toEqual([expect.stringMatching(/^RT043 /)]);
  });

  test('does not stand in for what is to be deployed', async () => {
    expect(await told(region({ cdkOut: '' }, {}, true))).toEqual([expect.stringMatching(/^RT054 /)]);
  });
});

describe('a working directory', () => {
  const files = { [path]: 'environments: { root: { branches: [main] } }\n', 'web/cdk.json': '{"app":"node web.js"}' };

  test('has the config of the root of the checkout, and a cdk.json of its own', async () => {
    const { environment, origin } = await find({}, { files, workingDirectory: 'web' });
    expect([environment.name, origin]).toEqual(['root', { kind: 'app', command: 'node web.js' }]);
  });

  test('has no config of its own', async () => {
    const own = { ...files, [`web/${path}`]: 'environments: { web: { branches: [main] } }\n' };
    expect((await find({}, { files: own, workingDirectory: 'web' })).environment.name).toBe('root');
  });
});

describe('the environment of a run', () => {
  test.each<[string, Partial<TargetInputs>, FakeWorldOptions, string]>([
    ['is of the system', { system: 'photo' }, {}, 'live'],
    ['is that of apps for a folder', { cdkOut: 'out' }, {}, 'prod'],
    [
      'is of the config, if that has any',
      { system: 'photo' },
      { files: { [path]: 'environments: { mine: { branches: [main] } }\n' } },
      'mine',
    ],
    ['is the one that is named', { cdkOut: 'out', environment: 'staging' }, {}, 'staging'],
  ])('%s', async (_name, inputs, options, name) => expect((await find(inputs, options)).environment.name).toBe(name));
});

describe('the config of a run', () => {
  const load = (options: FakeWorldOptions, file = path) => loadConfig(file, createFakeWorld(options).world);
  const pull = { name: 'pull_request', branch: 'main', baseSha: 'b45e', isPullRequest: true };
  const role = (name: string) => `environments:\n  prod: { branches: [main], role: "arn:aws:iam::111111111111:role/${name}" }\n`;

  test('of a pull request without a file is all that its base branch has', async () => {
    const { config, findings } = await load({ event: pull, history: { [`b45e ${path}`]: known(role('base')) } });
    expect([config.environments['prod']?.role, findings]).toEqual(['arn:aws:iam::111111111111:role/base', []]);
  });

  test.each<[string, Answer<string | undefined>, string[]]>([
    ['nor its base branch', known(undefined), []],
    ['and whose base branch cannot be read', unknown({ call: 'contents: read', resource: 'x', why: 'denied', message: '' }), ['RT023']],
    ['and whose base branch has one that is not valid', known('nonsense: 1\n'), ['RT023']],
  ])('of a pull request that has no file %s is empty', async (_name, base, codes) => {
    const { config, findings } = await load({ event: pull, history: { [`b45e ${path}`]: base } });
    expect([config, findings.map((f) => f.code)]).toEqual([{ environments: {}, suppress: [], rules: [], promotions: {} }, codes]);
  });

  test('of a pull request is refused when a file that was named is neither there nor on the base branch', async () => {
    const named = 'config/mine.yml';
    expect(await told(load({ event: pull }, named))).toEqual(['RT020 There is no file config/mine.yml.']);
    const there = await load({ event: pull, history: { [`b45e ${named}`]: known(role('base')) } }, named);
    expect(there.config.environments['prod']?.role).toMatch(/base$/);
  });

  test('is empty when there is no file at the usual place', async () => {
    expect((await load({})).config).toEqual({ environments: {}, suppress: [], rules: [], promotions: {} });
  });

  test('is refused when a file that was named is not there', async () => {
    expect(await told(load({}, 'config/mine.yml'))).toEqual(['RT020 There is no file config/mine.yml.']);
  });

  test('is refused with every problem that it has', async () => {
    expect(await told(load({ files: { [path]: 'a: 1\nb: 2\n' } }))).toEqual([
      'RT022 `a` is no key of the file.',
      'RT022 `b` is no key of the file.',
    ]);
  });

  test('of a push is its own', async () => {
    expect((await load({ files: { [path]: role('own') } })).config.environments['prod']?.role).toMatch(/own$/);
  });

  test.each<[string, Answer<string | undefined> | undefined, string | undefined, string[]]>([
    ['has the role of its base branch', known(role('base')), 'arn:aws:iam::111111111111:role/base', []],
    ['has no role when the base branch has no such file', known(undefined), undefined, []],
    [
      'has no role when that cannot be read',
      unknown({ call: 'contents: read', resource: 'x', why: 'denied', message: '' }),
      undefined,
      ['RT023'],
    ],
    ['has no role when the file of the base branch is not valid', known('nonsense: 1\n'), undefined, ['RT023']],
  ])('of a pull request %s', async (_name, base, wanted, codes) => {
    const { config, findings } = await load({
      event: pull,
      files: { [path]: role('own') },
      ...(base ? { history: { [`b45e ${path}`]: base } } : {}),
    });
    expect(config.environments['prod']?.role).toBe(wanted);
    expect(findings.map((f) => f.code)).toEqual(codes);
  });

  test('of a pull request without a known base commit has no role', async () => {
    const { config, findings } = await load({
      event: { name: 'pull_request', branch: 'main', isPullRequest: true },
      files: { [path]: role('own') },
    });
    expect([config.environments['prod']?.role, findings.map((f) => f.code)]).toEqual([undefined, ['RT023']]);
  });
});

describe('connecting', () => {
  test('assumes the role of the environment, in its region, and asks for the caller alone', async () => {
    const made = createFakeWorld();
    const { cloud, caller } = await connectTo({ ...open, role: 'arn:aws:iam::111111111111:role/deploy' }, 'eu-west-1', made.world);
    expect(made.connections).toEqual([{ region: 'eu-west-1', role: 'arn:aws:iam::111111111111:role/deploy' }]);
    expect([cloud.region, caller.account, made.aws.calls]).toEqual(['eu-west-1', '111111111111', ['eu-west-1 sts:GetCallerIdentity']]);
  });

  test('as the role of the environment is not for pull requests that have credentials of their own', async () => {
    const event = { name: 'pull_request', branch: 'main', baseSha: 'b45e', isPullRequest: true };
    const roles = async (hasCredentials: boolean, isPullRequest: boolean) => {
      const made = createFakeWorld({ event: { ...event, isPullRequest }, hasCredentials });
      await connectTo({ ...open, role: 'arn:aws:iam::111111111111:role/deploy' }, 'us-west-2', made.world);
      return made.connections.map((c) => c.role !== undefined);
    };
    expect([await roles(true, true), await roles(false, true), await roles(true, false)]).toEqual([[false], [true], [true]]);
  });

  test('to the wrong account is refused', async () => {
    const made = createFakeWorld();
    expect(await told(connectTo({ ...open, account: '222222222222' }, 'eu-west-1', made.world))).toEqual([
      'RT041 The credentials belong to account 111111111111; the environment prod is in 222222222222.',
    ]);
  });
});
