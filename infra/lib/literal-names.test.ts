import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { refuseBadNames } from './literal-names.ts';

const stack = (): Stack => new Stack(new App(), 'Stack');

test('lists every name that is not allowed', () => {
  const scope = stack();
  new CfnTopic(scope, 'A', { topicName: 'a b' });
  new CfnRole(scope, 'B', { roleName: 'x'.repeat(65), assumeRolePolicyDocument: {} });
  new CfnDBInstance(scope, 'C', { dbInstanceIdentifier: 'a--b' });
  expect(() => refuseBadNames(scope.node.root)).toThrow(
    [
      'These names are not allowed:',
      '- the AWS::SNS::Topic name "a b": only letters, digits, hyphens and underscores, and .fifo at the end of a FIFO one are allowed',
      `- the AWS::IAM::Role name "${'x'.repeat(65)}": it has 65 characters, and 1 to 64 are allowed`,
      '- the AWS::RDS::DBInstance name "a--b": only letters, digits and single hyphens, with a letter first and no hyphen at the end are allowed',
    ].join('\n'),
  );
});

test('leaves alone what is good, unnamed or known only at deployment', () => {
  const scope = stack();
  new CfnTopic(scope, 'A', { topicName: 'good' });
  new CfnTopic(scope, 'B');
  new CfnTopic(scope, 'C', { topicName: new CfnParameter(scope, 'Name').valueAsString });
  expect(() => refuseBadNames(scope.node.root)).not.toThrow();
});
