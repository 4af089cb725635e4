import { known } from './answer.ts';
import { remember } from './remember.ts';
import { createFakeClock } from '../../test/fakes/clock.ts';
import { createFakeAws } from '../../test/fakes/aws.ts';

test('a question is asked once, and another one, or one of another kind, by itself', async () => {
  const aws = createFakeAws('111111111111', createFakeClock());
  const readings = remember(aws.cloud('us-west-2').readings);
  const role = (name: string) => readings.presence({ type: 'AWS::IAM::Role', name });
  const first = await Promise.all([role('a'), role('a')]);
  aws.things.set('AWS::IAM::Role a', { kind: 'present', active: true });
  expect([...first, await role('a')]).toEqual(Array(3).fill(known({ kind: 'absent' })));
  await role('b');
  await readings.owner({ type: 'AWS::IAM::Role', physicalId: 'a' });
  expect(aws.calls).toHaveLength(3);
});

test('the connection itself still asks anew', async () => {
  const aws = createFakeAws('111111111111', createFakeClock());
  const { readings } = aws.cloud('us-west-2');
  const of = { type: 'AWS::IAM::Role', name: 'a' };
  await remember(readings).presence(of);
  aws.things.set('AWS::IAM::Role a', { kind: 'present', active: true });
  expect(await readings.presence(of)).toEqual(known({ kind: 'present', active: true }));
});
