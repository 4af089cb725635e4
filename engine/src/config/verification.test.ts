import { describe, expect, test } from '@jest/globals';
import { parseConfig } from './parse-config.ts';
import { emptyConfig, type Config } from './schema.ts';
import { trustBase } from './trust.ts';
import { toMs } from './verification.ts';

const withVerify = (...verify: object[]) => JSON.stringify({ environments: { prod: { verify } } });
const parse = (...verify: object[]) => parseConfig(withVerify(...verify), 'c.yml');
const name = 'site';

test('verifications have their defaults filled in', () => {
  const { config, problems } = parse({ name, kind: 'http', url: 'https://a' }, { name: 'quiet', kind: 'alarms', names: ['a'] });
  expect(problems).toEqual([]);
  expect(config?.environments['prod']?.verify).toEqual([
    { name, kind: 'http', url: 'https://a', status: 200, headers: {} },
    { name: 'quiet', kind: 'alarms', names: ['a'], 'ok-for': '1m' },
  ]);
});

test.each<[string, object, RegExp]>([
  ['of no kind', { name, url: 'https://a' }, /verify\.0\.kind.*the kinds are http, lambda, alarms, ecs and command/],
  ['of another kind', { name, kind: 'ping' }, /the kinds are http/],
  ['without a name', { kind: 'http', url: 'https://a' }, /verify\.0\.name/],
  [
    'with a key of another kind',
    { name, kind: 'http', url: 'https://a', payload: {} },
    /`payload` is no key of environments\.prod\.verify\.0/,
  ],
  [
    'with a duration in words',
    { name, kind: 'http', url: 'https://a', within: 'soon' },
    /a duration is a number of seconds, or looks like/,
  ],
  ['with no time at all', { name, kind: 'http', url: 'https://a', within: 0 }, /a duration is a number of seconds/],
  ['with a pattern that is none', { name, kind: 'http', url: 'https://a', matches: '(' }, /this is no regular expression/],
  ['with names and a prefix', { name, kind: 'alarms', names: ['a'], prefix: 'a' }, /give either `names` or `prefix`/],
  ['with neither of them', { name, kind: 'alarms' }, /give either `names` or `prefix`/],
  ['with services of no cluster', { name, kind: 'ecs', services: ['web'] }, /`services` need their `cluster`/],
])('a verification %s is refused', (_name, verification, says) => {
  const { problems } = parse(verification);
  expect(problems.map((p) => p.code)).toEqual(['RT022']);
  expect(problems[0]?.message).toMatch(says);
});

test('two of one name are refused', () => {
  const { problems } = parse({ name, kind: 'ecs' }, { name: 'other', kind: 'ecs' }, { name, kind: 'command', run: 'true' });
  expect(problems.map((p) => p.message)).toEqual(['Two verifications of prod are called `site`.']);
});

test.each([
  [90, 90_000],
  ['30s', 30_000],
  ['5m', 300_000],
  ['2h', 7_200_000],
])('%s is %d milliseconds', (duration, ms) => expect(toMs(duration)).toBe(ms));

describe('the verifications of a pull request', () => {
  const config = (text: string): Config => parseConfig(text, 'c.yml').config ?? emptyConfig;
  const own = config(withVerify({ name, kind: 'command', run: 'curl evil' }));
  const verifyOf = (base: Config | undefined) => trustBase(own, base, 'c.yml').config.environments['prod']?.verify?.map((v) => v.kind);

  test('are those of its base branch: they run commands', () => {
    expect(verifyOf(config(withVerify({ name, kind: 'http', url: 'https://a' })))).toEqual(['http']);
  });

  test.each<[string, Config | undefined]>([
    ['the base has none', config('environments: { prod: {} }')],
    ['the base does not have the environment', emptyConfig],
    ['the base cannot be read', undefined],
  ])('are none where %s', (_name, base) => expect(verifyOf(base)).toBeUndefined());
});
