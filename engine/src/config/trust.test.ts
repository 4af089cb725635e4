import { describe, expect, test } from '@jest/globals';
import { parseConfig } from './parse-config.ts';
import { emptyConfig, type Config } from './schema.ts';
import { trustBase } from './trust.ts';

const config = (text: string): Config => parseConfig(text, 'c.yml').config ?? emptyConfig;

/** What an attacker would write into a pull request. */
const own = config(`environments:
  prod: { branches: [main], role: "arn:aws:iam::111111111111:role/admin", protected: false, regions: [eu-west-1] }
  mine: { role: "arn:aws:iam::111111111111:role/admin" }
suppress: [{ code: PF140, where: "**", reason: please, until: 2099-01-01 }]
`);
const base = config(`environments:
  prod: { branches: [main], role: "arn:aws:iam::111111111111:role/deploy", protected: true, regions: [us-west-2] }
suppress: [{ code: PF130, where: Shop, reason: known, until: 2027-01-01 }]
`);

describe('the config of a pull request', () => {
  const { config: trusted, findings } = trustBase(own, base, 'c.yml');

  test('has role, protection and suppressions of its base branch', () => {
    expect(trusted.environments['prod']).toMatchObject({ role: 'arn:aws:iam::111111111111:role/deploy', protected: true });
    expect(trusted.suppress.map((s) => s.code)).toEqual(['PF130']);
    expect(findings).toEqual([]);
  });

  test('has the rest of its own', () => expect(trusted.environments['prod']?.regions).toEqual(['eu-west-1']));

  test('gives an environment that the base does not have no role, and protects it', () => {
    expect(trusted.environments['mine']).toMatchObject({ protected: true });
    expect(trusted.environments['mine']?.role).toBeUndefined();
  });

  test('has no role of its own where the base has none', () => {
    const without = config('environments:\n  prod: { branches: [main], protected: false }\n');
    const prod = trustBase(own, without, 'c.yml').config.environments['prod'];
    expect(prod).toMatchObject({ protected: false });
    expect(prod?.role).toBeUndefined();
  });

  test('has what its base branch wants approved; where the base does not have the environment, all that can be', () => {
    const prod = (approve: string) => config(`environments:\n  prod: { branches: [main], approve: [${approve}] }\n`);
    const approvedOf = (mine: string, theirs: Config | undefined) =>
      trustBase(prod(mine), theirs, 'c.yml').config.environments['prod']?.approve;
    expect(approvedOf('', prod('widening'))).toEqual(['widening']);
    expect(approvedOf('widening', prod(''))).toEqual([]);
    expect(approvedOf('', config('environments: { other: {} }\n'))).toEqual(['widening']);
    expect(approvedOf('', undefined)).toEqual(['widening']);
  });

  test('has all environments of its base branch where it names none itself', () => {
    const { environments } = trustBase(emptyConfig, base, 'c.yml').config;
    expect(environments).toEqual(base.environments);
    expect(trustBase(emptyConfig, undefined, 'c.yml').config.environments).toEqual({});
  });

  test('has the bootstrap of its base branch, and none where the base has none: it grants trust', () => {
    const prod = (bootstrap: string) => config(`environments:\n  prod: { branches: [main], bootstrap: { ${bootstrap} } }\n`);
    const mine = prod('trust: ["666666666666"], execution-policies: ["arn:aws:iam::aws:policy/AdministratorAccess"]');
    const bootstrapOf = (theirs: Config | undefined) => trustBase(mine, theirs, 'c.yml').config.environments['prod']?.bootstrap;
    expect(bootstrapOf(prod('qualifier: shop'))).toEqual({ qualifier: 'shop' });
    expect(bootstrapOf(base)).toBeUndefined();
    expect(bootstrapOf(undefined)).toBeUndefined();
  });

  test('has rollback alarms of its own: its plan is the one of after the merge', () => {
    const prod = (alarms: string) => config(`environments:\n  prod: { branches: [main], rollback-alarms: [${alarms}] }\n`);
    expect(trustBase(prod('new'), prod('old'), 'c.yml').config.environments['prod']?.['rollback-alarms']).toEqual(['new']);
  });

  test('has the promotions of its base branch', () => {
    const promotions = (to: string) =>
      config(`environments: { a: {}, b: {}, c: {} }\npromotions: { p: { from: a, to: [${to}], bucket: x } }\n`);
    expect(trustBase(promotions('c'), promotions('b'), 'c.yml').config.promotions['p']?.to).toEqual(['b']);
    expect(trustBase(promotions('c'), undefined, 'c.yml').config.promotions).toEqual({});
  });

  test('has the account of its base branch, and its own where the base names none', () => {
    const account = (id: string) => config(`environments:\n  prod: { branches: [main]${id ? `, account: "${id}"` : ''} }\n`);
    const accountOf = (mine: string, theirs: string) =>
      trustBase(account(mine), account(theirs), 'c.yml').config.environments['prod']?.account;
    expect(accountOf('222222222222', '111111111111')).toBe('111111111111');
    expect(accountOf('222222222222', '')).toBe('222222222222');
    expect(accountOf('', '')).toBeUndefined();
  });

  test('says why its base branch cannot be read', () => {
    expect(trustBase(own, undefined, 'c.yml', 'no token').findings[0]?.message).toMatch(
      /^c\.yml of the base branch cannot be read \(no token\), /,
    );
    expect(trustBase(own, undefined, 'c.yml').findings[0]?.message).toMatch(/\(it is not known which commit that is\)/);
  });

  test('grants and silences nothing when the base cannot be read, and says so', () => {
    const blind = trustBase(own, undefined, 'c.yml');
    expect(Object.values(blind.config.environments).map((e) => [e.role, e.protected])).toEqual([
      [undefined, true],
      [undefined, true],
    ]);
    expect(blind.config.suppress).toEqual([]);
    expect(blind.findings.map((f) => [f.code, f.severity, f.place.file])).toEqual([['RT023', 'warning', 'c.yml']]);
  });
});
