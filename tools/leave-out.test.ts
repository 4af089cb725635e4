import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { leaveOut } from './leave-out.ts';

const left = '{throw new Error("this bundle leaves out what reads templates back into constructs")}';

describe('leaving out what the bundle does not need of the CDK', () => {
  test('takes what checks types, and keeps what others ask it for', () => {
    const chunk = [
      'function CfnBucketPropsValidator(properties){if(!cdk().canInspect(properties))return cdk().VALIDATION_SUCCESS;const errors=new(cdk()).ValidationResults;return errors.wrap("}")}',
      'function CfnTopicPropsValidator(properties) {\n  if (!core_1().canInspect(properties))\n    return core_1().VALIDATION_SUCCESS;\n  return 1;\n}',
      'function CfnOtherValidator(properties){return check(properties)}',
    ].join('\n');
    expect(leaveOut(chunk)).toBe(
      [
        'function CfnBucketPropsValidator(properties){return cdk().VALIDATION_SUCCESS}',
        'function CfnTopicPropsValidator(properties) {return core_1().VALIDATION_SUCCESS}',
        'function CfnOtherValidator(properties){return check(properties)}',
      ].join('\n'),
    );
  });

  test('takes the bodies of what reads templates, whatever stands in them, and nothing else', () => {
    const chunk = [
      'const before=1;',
      'function CfnBucketPropsToCloudFormation(properties){return{a:"}"}}',
      'function CfnBucketPropsFromCloudFormation(properties){if(a){return"}"}const t=`${{b:1}.b}}`;return/[}]/.test(t)}',
      'function CfnTopicPropsFromCloudFormation(properties) {\n  return {};\n}',
      'const after=2;',
    ].join('');
    expect(leaveOut(chunk)).toBe(
      [
        'const before=1;',
        'function CfnBucketPropsToCloudFormation(properties){return{a:"}"}}',
        `function CfnBucketPropsFromCloudFormation(properties)${left}`,
        `function CfnTopicPropsFromCloudFormation(properties) ${left}`,
        'const after=2;',
      ].join(''),
    );
  });

  test('takes what warns of deprecated properties', () => {
    const chunk =
      'const n={aws_cdk_lib_CfnTag:function(p){if(p!=null){visitedObjects.add(p);try{n.aws_cdk_lib_A(p.a)}finally{visitedObjects.delete(p)}}},b:function(p){return p}}';
    expect(leaveOut(chunk)).toBe('const n={aws_cdk_lib_CfnTag:function(p){},b:function(p){return p}}');
  });

  test.each(['(0,b)(1)', ',b', '`${b}`', '\n[1].map(b)', ';b()'])('keeps what follows: %s', (rest) => {
    const begin = 'function CfnBucketPropsFromCloudFormation(properties)';
    expect(leaveOut(`${begin}{return 1}${rest}`)).toBe(`${begin}${left}${rest}`);
  });

  test('tells of regions by one text that says the same', () => {
    const file = createRequire(import.meta.url)
      .resolve('aws-cdk-lib/package.json')
      .replace('package.json', 'region-info/lib/');
    const told = leaveOut(`${readFileSync(`${file}built-ins.generated.js`, 'utf8')};const after=1;`);
    expect(told.length).toBeLessThan(700_000);
    expect(told).toMatch(/exports\.BuiltIns=BuiltIns;[\s\S]*const after=1;$/);
    const { Fact } = createRequire(import.meta.url)(`${file}fact.js`) as { Fact: { database: Record<string, object> } };
    const exported: { BuiltIns?: { register(): void } } = {};
    const made = { Fact: { database: {} as Record<string, object> } };
    (compileFunction(told, ['exports', 'require']) as (exports: object, require: () => object) => void)(exported, () => made);
    exported.BuiltIns?.register();
    expect(Object.keys(made.Fact.database).length).toBeGreaterThan(30);
    expect(made.Fact.database).toEqual(Fact.database);
  });

  test('leaves a chunk without any as it is', () => {
    expect(leaveOut('function readFromCloudFormation(properties){return 1}')).toBe('function readFromCloudFormation(properties){return 1}');
  });

  test('says which text does not parse', () => {
    expect(() => leaveOut('function CfnBucketPropsFromCloudFormation(properties){return }}}{')).not.toThrow();
    expect(() => leaveOut('function CfnBucketPropsFromCloudFormation(properties){return ')).toThrow(SyntaxError);
  });
});
