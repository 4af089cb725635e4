import type { DataResource, Decision } from '../../engine/src/decision.ts';
import { decisionFor, judgeDecisions } from './decisions.ts';

const uploads: DataResource = { id: 'uploads', type: 'AWS::S3::Bucket', stack: 'MainStack', preferred: 'uploads-prod', fallback: 'uploads' };
const reference: Decision = { id: 'uploads', type: 'AWS::S3::Bucket', stack: 'MainStack', name: 'uploads', kind: 'reference' };

test('a resource without a decision is created under its preferred name', () => {
  expect(decisionFor(uploads, [])).toEqual({ id: 'uploads', type: 'AWS::S3::Bucket', stack: 'MainStack', name: 'uploads-prod', kind: 'create' });
});

test('a resource gets the decision on it', () => {
  expect(decisionFor(uploads, [{ ...reference, id: 'other' }, reference])).toBe(reference);
});

test.each<[why: string, decisions: readonly Decision[], problems: readonly RegExp[]]>([
  ['one that fits', [reference], []],
  ['one on a resource that is not there', [{ ...reference, id: 'downloads' }], [/"downloads": there is no such data resource, there is: uploads/]],
  ['one with another type and stack', [{ ...reference, type: 'AWS::DynamoDB::Table', stack: 'OtherStack' }], [/has the type "AWS::DynamoDB::Table", and it is "AWS::S3::Bucket"/, /has the stack "OtherStack"/]],
  ['the same one twice', [reference, reference], [/comes twice/]],
])('judges decisions: %s', (_, decisions, problems) => {
  expect(judgeDecisions([uploads], decisions)).toEqual(problems.map((problem) => expect.stringMatching(problem)));
});
