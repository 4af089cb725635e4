import { expect, test } from '@jest/globals';
import { dataTypes, type Decision } from './decision.ts';
import { toDecisionLine } from './source.ts';

const decision = (kind: Decision['kind'], type: Decision['type'] = 'AWS::S3::Bucket'): Decision => ({
  id: 'x',
  type,
  stack: 'Shop',
  name: 'uploads-prod',
  kind,
});

test.each<[Decision['kind'], string]>([
  ['reference', '✅ Importing existing S3 bucket: uploads-prod'],
  ['adopt', '✅ Adopting existing S3 bucket: uploads-prod'],
  ['managed', '✅ Managing existing S3 bucket: uploads-prod'],
  ['create', '🆕 Creating new S3 bucket: uploads-prod'],
])('the decision to %s has its line in the log', (kind, line) => expect(toDecisionLine(decision(kind))).toBe(line));

test('every type of data resource has a name that people use', () => {
  expect(dataTypes.map((type) => toDecisionLine(decision('create', type)))).toEqual([
    '🆕 Creating new S3 bucket: uploads-prod',
    '🆕 Creating new DynamoDB table: uploads-prod',
    '🆕 Creating new ECR repository: uploads-prod',
  ]);
});
