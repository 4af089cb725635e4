import { describe, expect, test } from '@jest/globals';
import { gatherSample } from '../../../../test/fakes/facts.ts';
import { queue, type SampleStack } from '../../../../test/fakes/assembly.ts';
import { createProgressLines } from './progress.ts';

const arn = 'arn:aws:cloudformation:us-west-2:111111111111:stack/Shop/1';

/** Gives the lines of events, each `<logical id> <status>`, of Shop or of a stack that is nested in it. */
async function toLines(shop: SampleStack, events: readonly string[]): Promise<readonly string[]> {
  const facts = (await gatherSample({ Shop: shop })).stacks[0];
  if (!facts) throw new Error('the sample has no stack');
  const lines = createProgressLines(facts);
  return ['Shop CREATE_IN_PROGRESS', ...events].flatMap((text) => {
    const [logicalId = '', status = ''] = text.split(' ');
    const isNested = logicalId.startsWith('Nested');
    const type = logicalId === 'Shop' ? 'AWS::CloudFormation::Stack' : 'AWS::SQS::Queue';
    return lines({ logicalId, status, type, reason: 'no', stackId: isNested ? 'other' : arn });
  });
}

const resources = { A: queue(), B: queue() };

describe('the lines of a deployment', () => {
  test('count what is done of what changes', async () => {
    expect(
      await toLines({ resources }, ['A CREATE_IN_PROGRESS', 'A CREATE_COMPLETE', 'B CREATE_COMPLETE', 'Shop CREATE_COMPLETE']),
    ).toEqual(['   Shop 1/2 CREATE_COMPLETE AWS::SQS::Queue A', '   Shop 2/2 CREATE_COMPLETE AWS::SQS::Queue B']);
  });

  test('count nothing that no condition lets in', async () => {
    const more = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
    const some = { A: queue(), B: { ...queue(), Condition: 'Never' } };
    expect(await toLines({ resources: some, more }, ['A CREATE_COMPLETE'])).toEqual(['   Shop 1/1 CREATE_COMPLETE AWS::SQS::Queue A']);
  });

  test('have resources of nested stacks without counting them', async () => {
    expect(await toLines({ resources }, ['NestedA CREATE_COMPLETE', 'A CREATE_COMPLETE'])).toEqual([
      '   Shop 0/2 CREATE_COMPLETE AWS::SQS::Queue NestedA',
      '   Shop 1/2 CREATE_COMPLETE AWS::SQS::Queue A',
    ]);
  });

  test('say what fails and why, and count nothing on the way back', async () => {
    const events = ['A CREATE_COMPLETE', 'B CREATE_FAILED', 'Shop ROLLBACK_IN_PROGRESS', 'A DELETE_COMPLETE', 'Shop ROLLBACK_COMPLETE'];
    expect(await toLines({ resources }, events)).toEqual([
      '   Shop 1/2 CREATE_COMPLETE AWS::SQS::Queue A',
      '❌ Shop 1/2 CREATE_FAILED AWS::SQS::Queue B: no',
      '↩️ Shop DELETE_COMPLETE AWS::SQS::Queue A',
    ]);
  });

  test('count no longer what was not expected', async () => {
    expect(await toLines({ resources: { A: queue() } }, ['A UPDATE_COMPLETE', 'B UPDATE_COMPLETE'])).toEqual([
      '   Shop 1/1 UPDATE_COMPLETE AWS::SQS::Queue A',
      '   Shop UPDATE_COMPLETE AWS::SQS::Queue B',
    ]);
  });
});
