import { describe, expect, test } from '@jest/globals';
import { parseConfig } from './parse-config.ts';

const file = '.github/spaceport.yml';
const told = (text: string) => parseConfig(text, file).problems.map((p) => `${p.code} ${p.place.line ?? '-'}: ${p.message}`);

/** Uses every key that there is. */
const whole = `
system: spaceport
environments:
  prod:
    branches: [main, "release/*"]
    account: "111111111111"
    regions: [us-west-2, eu-central-1]
    role: arn:aws:iam::111111111111:role/deploy
    github-environment: production
    protected: true
    legacy-names: true
    settings: { anything: { at: [all] } }
  staging: { branches: [development] }
suppress:
  - { code: PF130, where: Shop/Uploads, reason: it was there before, until: 2027-03-01 }
promotions:
  lambda: { from: staging, to: [prod], bucket: "artifacts-{environment}", prefix: lambda/ }
`;

describe('a good config', () => {
  test('is taken with everything in it', () => {
    const { config, problems } = parseConfig(whole, file);
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      system: 'spaceport',
      environments: {
        prod: {
          account: '111111111111',
          regions: ['us-west-2', 'eu-central-1'],
          'legacy-names': true,
          settings: { anything: { at: ['all'] } },
        },
      },
      suppress: [{ code: 'PF130', until: '2027-03-01' }],
      promotions: { lambda: { to: ['prod'], prefix: 'lambda/' } },
    });
  });

  test('has its defaults filled in', () => {
    expect(parseConfig('environments:\n  dev: {}\n', file).config).toEqual({
      environments: { dev: { branches: [], approve: [], 'legacy-names': false, settings: {}, wave: 1 } },
      suppress: [],
      promotions: {},
      rules: [],
    });
  });

  test.each([
    ['an empty file', ''],
    ['a file of comments', '# later\n'],
    ['an empty map', '{}\n'],
  ])('%s names nothing', (_name, text) => {
    expect(parseConfig(text, file).config).toEqual({ environments: {}, suppress: [], rules: [], promotions: {} });
  });

  test.each(['us-west-2', 'us-gov-west-1', 'ap-southeast-7', 'eusc-de-east-1', 'us-iso-east-1', 'eu-isoe-west-1', 'me-central-10'])(
    'may have the region %s',
    (region) => {
      expect(told(`environments:\n  dev: { regions: [${region}] }\n`)).toEqual([]);
    },
  );

  test('may use an anchor that it has', () => {
    expect(
      parseConfig('environments:\n  dev: { regions: &r [us-west-2] }\n  test: { regions: *r }\n', file).config?.environments['test']
        ?.regions,
    ).toEqual(['us-west-2']);
  });
});

test.each<[string, string, string[]]>([
  ['an unknown key of the file', 'sytem: spaceport\n', ['RT022 1: `sytem` is no key of the file.']],
  [
    'an unknown key of an environment',
    'environments:\n  prod:\n    branches: [main]\n    brnches: [main]\n',
    ['RT022 4: `brnches` is no key of environments.prod.'],
  ],
  [
    'an unknown key of a suppression',
    'suppress:\n  - code: PF130\n    where: a\n    reason: b\n    until: 2027-03-01\n    who: me\n',
    ['RT022 6: `who` is no key of suppress.0.'],
  ],
  [
    'an unknown key of a promotion',
    'environments: { a: {}, b: {} }\npromotions:\n  l: { from: a, to: [b], bucket: x, force: true }\n',
    ['RT022 3: `force` is no key of promotions.l.'],
  ],
  [
    'an account without quotes',
    'environments:\n  prod:\n    account: 111111111111\n',
    ['RT022 3: `environments.prod.account` is 111111111111: an account id is 12 digits, in quotes.'],
  ],
  [
    'an account that is too short',
    'environments:\n  prod:\n    account: "1111"\n',
    ['RT022 3: `environments.prod.account` is "1111": an account id is 12 digits, in quotes.'],
  ],
  [
    'a region that is a zone',
    'environments:\n  prod:\n    regions:\n      - us-west-2\n      - us-west-2a\n',
    ['RT022 5: `environments.prod.regions.1` is "us-west-2a": a region looks like us-west-2.'],
  ],
  [
    'an empty list of regions',
    'environments:\n  prod:\n    regions: []\n',
    ['RT022 3: `environments.prod.regions` is []: Too small: expected array to have >=1 items.'],
  ],
  [
    'a role that is a name',
    'environments:\n  prod: { role: deploy }\n',
    ['RT022 2: `environments.prod.role` is "deploy": a role is an ARN such as arn:aws:iam::111111111111:role/deploy.'],
  ],
  [
    'a word for a boolean',
    'environments:\n  prod: { protected: yes please }\n',
    ['RT022 2: `environments.prod.protected` is "yes please": Invalid input: expected boolean, received string.'],
  ],
  [
    'a name of an environment with a capital letter',
    'environments:\n  Prod: {}\n',
    ['RT022 2: `environments.Prod`: a name has small letters, digits and hyphens, at most 32.'],
  ],
  [
    'an environment without a value',
    'environments:\n  prod:\n',
    ['RT022 2: `environments.prod` is null: Invalid input: expected object, received null.'],
  ],
  [
    'a code that no finding has',
    'suppress:\n  - { code: PF13, where: a, reason: b, until: 2027-03-01 }\n',
    ['RT022 2: `suppress.0.code` is "PF13": no finding has this code.'],
  ],
  [
    'a day that is none',
    'suppress:\n  - { code: PF130, where: a, reason: b, until: 2027-02-30 }\n',
    ['RT022 2: `suppress.0.until` is "2027-02-30": Invalid ISO date.'],
  ],
  [
    'a suppression without a reason',
    'suppress:\n  - { code: PF130, where: a, until: 2027-03-01 }\n',
    ['RT022 2: `suppress.0.reason` is missing: Invalid input: expected string, received undefined.'],
  ],
  [
    'a prefix that begins with a slash',
    'environments: { a: {}, b: {} }\npromotions:\n  l: { from: a, to: [b], bucket: x, prefix: /lambda/ }\n',
    ['RT022 3: `promotions.l.prefix` is "/lambda/": a prefix ends with / and does not begin with it.'],
  ],
  ['an empty system', 'system: ""\n', ['RT022 1: `system` is "": Too small: expected string to have >=1 characters.']],
  ['a list for the file', '- prod\n', ['RT022 1: `the file` is ["prod"]: Invalid input: expected object, received array.']],
])('%s is told with its line and its value', (_name, text, problems) => expect(told(text)).toEqual(problems));

test.each<[string, string, string[]]>([
  [
    'two sources of one assembly',
    'system: spaceport\napp: npx tsx app.ts\n',
    ['RT022 2: system and app are given, of which at most one is allowed.'],
  ],
  [
    'three of them',
    'cdk-out: out\nsystem: spaceport\napp: x\n',
    ['RT022 3: system and app and cdk-out are given, of which at most one is allowed.'],
  ],
  [
    'two environments with legacy names',
    'environments:\n  prod: { legacy-names: true }\n  old:\n    legacy-names: true\n',
    ['RT022 4: `legacy-names` is true for prod and old; only one environment may use the fallback names.'],
  ],
  [
    'a promotion from an environment that is not there',
    'environments: { dev: {} }\npromotions:\n  lambda:\n    from: qa\n    to: [dev]\n    bucket: b\n',
    ['RT022 4: `from: qa` is no environment of this file; it has dev.'],
  ],
  [
    'a promotion to one that is not there',
    'environments: { dev: {}, prod: {} }\npromotions:\n  lambda:\n    from: dev\n    to: [prod, live]\n    bucket: b\n',
    ['RT022 5: `to: live` is no environment of this file; it has dev, prod.'],
  ],
  [
    'a promotion in a file without environments',
    'promotions:\n  lambda: { from: dev, to: [prod], bucket: b }\n',
    [
      'RT022 2: `from: dev` is no environment of this file; it has none.',
      'RT022 2: `to: prod` is no environment of this file; it has none.',
    ],
  ],
])('what does not fit together: %s', (_name, text, problems) => expect(told(text)).toEqual(problems));

test.each<[string, string, RegExp]>([
  ['a list that does not end', 'environments:\n  staging: [\n', /^RT021 3: .*\(line 3: ""\)$/],
  ['a tab for indentation', 'environments:\n\tprod: {}\n', /^RT021 2: Tabs are not allowed as indentation \(line 2: "prod: \{\}"\)$/],
  ['a key twice', 'environments:\n  prod: {}\n  prod: {}\n', /^RT021 3: Map keys must be unique \(line 3: "prod: \{\}"\)$/],
  ['a second document', 'system: a\n---\nsystem: b\n', /^RT021 2: A second document begins here; only one is allowed \(line 2: "---"\)$/],
  ['an alias without an anchor', 'environments: *none\n', /^RT021 -: Unresolved alias .*: none$/],
  [
    'aliases that multiply',
    Array.from(
      { length: 4 },
      (_, i) =>
        `k${i}: &a${i} [${Array(10)
          .fill(i ? `*a${i - 1}` : 'x')
          .join(',')}]`,
    ).join('\n'),
    /^RT021 -: Excessive alias count/,
  ],
])('malformed YAML: %s', (_name, text, message) => expect(told(text)).toEqual([expect.stringMatching(message)]));

test('every problem is told, not only the first', () => {
  const text = 'sytem: x\nenvironments:\n  prod: { account: 1, regions: [here], colour: red }\nsuppress: [{}]\n';
  expect(told(text)).toHaveLength(8);
  expect(parseConfig(text, file).config).toBeUndefined();
});

test.each<[string, PropertyKey[], number, number]>([
  ['where it stands', ['environments', 'prod', 'account'], 6, 5],
  ['at the nearest one around it where it does not stand', ['environments', 'staging', 'account'], 13, 3],
  ['at the beginning for a file that lacks all of it', ['nothing', 'of', 'this'], 2, 1],
])('a value is shown %s', (_name, path, line, column) => expect(parseConfig(whole, file).where(path)).toEqual({ file, line, column }));
