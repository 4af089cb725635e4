import { describe, expect, test } from '@jest/globals';
import { leaveOutReaders } from './leave-out.ts';

const left = '{throw new Error("this bundle leaves out what reads templates back into constructs")}';

describe('leaving out readers of templates', () => {
  test('takes their bodies, whatever stands in them, and nothing else', () => {
    const chunk = [
      'const before=1;',
      'function CfnBucketPropsToCloudFormation(properties){return{a:"}"}}',
      'function CfnBucketPropsFromCloudFormation(properties){if(a){return"}"}const t=`${{b:1}.b}}`;return/[}]/.test(t)}',
      'function CfnTopicPropsFromCloudFormation(properties) {\n  return {};\n}',
      'const after=2;',
    ].join('');
    expect(leaveOutReaders(chunk)).toBe(
      [
        'const before=1;',
        'function CfnBucketPropsToCloudFormation(properties){return{a:"}"}}',
        `function CfnBucketPropsFromCloudFormation(properties)${left}`,
        `function CfnTopicPropsFromCloudFormation(properties) ${left}`,
        'const after=2;',
      ].join(''),
    );
  });

  test('leaves a chunk without any as it is', () => {
    expect(leaveOutReaders('function readFromCloudFormation(properties){return 1}')).toBe(
      'function readFromCloudFormation(properties){return 1}',
    );
  });

  test('says which text does not parse', () => {
    expect(() => leaveOutReaders('function CfnBucketPropsFromCloudFormation(properties){return }}}{')).not.toThrow();
    expect(() => leaveOutReaders('function CfnBucketPropsFromCloudFormation(properties){return ')).toThrow(SyntaxError);
  });
});
