import { known } from './answer.ts';
import { rememberNames } from './remember.ts';
import { createFakeClock } from '../../test/fakes/clock.ts';
import { createFakeAws } from '../../test/fakes/aws.ts';

test('a name is looked up once, and another one, or one of another type, by itself', async () => {
  const aws = createFakeAws('111111111111', createFakeClock());
  const { names } = rememberNames(aws.cloud('us-west-2'));
  const first = await Promise.all([names.look('AWS::IAM::Role', 'a'), names.look('AWS::IAM::Role', 'a')]);
  aws.things.set('AWS::IAM::Role a', { kind: 'present', active: true });
  expect([...first, await names.look('AWS::IAM::Role', 'a')]).toEqual(Array(3).fill(known({ kind: 'absent' })));
  await names.look('AWS::IAM::Role', 'b');
  await names.look('AWS::Lambda::Function', 'a');
  expect(aws.calls).toHaveLength(3);
});

test('the connection itself still asks anew', async () => {
  const aws = createFakeAws('111111111111', createFakeClock());
  const cloud = aws.cloud('us-west-2');
  await rememberNames(cloud).names.look('AWS::IAM::Role', 'a');
  aws.things.set('AWS::IAM::Role a', { kind: 'present', active: true });
  expect(await cloud.names.look('AWS::IAM::Role', 'a')).toEqual(known({ kind: 'present', active: true }));
});
