import { describe, expect, test } from '@jest/globals';
import { gatherSample } from '../../../../test/fakes/facts.ts';
import { queue } from '../../../../test/fakes/assembly.ts';
import type { StackOutcome } from '../../../../engine/src/report/report.ts';
import type { Progress } from '../../../../engine/src/stack-changes.ts';
import type { LiveStack } from '../../../../engine/src/world.ts';
import { judgeEnding, toFindings, type Ending } from './outcome.ts';

const live = (status: string): LiveStack => ({
  id: 'arn',
  name: 'Shop',
  status,
  statusReason: '',
  parameters: {},
  tags: {},
  outputs: {},
  terminationProtection: false,
});
const event = (logicalId: string, status: string, reason = '', type = 'AWS::SQS::Queue'): Progress => ({ logicalId, type, status, reason });
const done = [event('Queue', 'CREATE_COMPLETE')];
const broken = [event('Queue', 'CREATE_FAILED', 'Access Denied')];
const shown = (outcome: StackOutcome): string =>
  [
    outcome.kind,
    'of' in outcome ? `of ${outcome.of}` : '',
    'cause' in outcome ? `${outcome.cause.logicalId}: ${outcome.cause.message}` : 'status' in outcome ? outcome.status : '',
  ]
    .filter(Boolean)
    .join(' ');

test.each<[string, Ending, string]>([
  ['created', { progress: done, live: live('CREATE_COMPLETE') }, 'deployed'],
  ['updated', { progress: done, live: live('UPDATE_COMPLETE') }, 'deployed'],
  ['imported into', { progress: done, live: live('IMPORT_COMPLETE') }, 'deployed'],
  ['updated without any event, as when only its protection changes', { progress: [], live: live('UPDATE_COMPLETE') }, 'deployed'],
  ['updated after a rollback', { progress: done, live: live('UPDATE_COMPLETE') }, 'deployed'],
  [
    'rolled back on its creation',
    { error: 'x', progress: broken, live: live('ROLLBACK_COMPLETE') },
    'rolled-back of creation Queue: Access Denied',
  ],
  [
    'rolled back on its update',
    { error: 'x', progress: broken, live: live('UPDATE_ROLLBACK_COMPLETE') },
    'rolled-back of update Queue: Access Denied',
  ],
  [
    'rolled back, though the toolkit says nothing',
    { progress: broken, live: live('UPDATE_ROLLBACK_COMPLETE') },
    'rolled-back of update Queue: Access Denied',
  ],
  [
    'rolled back twice',
    { error: 'x', progress: broken, live: live('UPDATE_ROLLBACK_COMPLETE') },
    'rolled-back of update Queue: Access Denied',
  ],
  ['updated without anything to do', { noOp: true, progress: [], live: live('UPDATE_COMPLETE') }, 'unchanged'],
  [
    'not there, though the toolkit had nothing to do',
    { noOp: true, progress: [], live: undefined },
    'failed : the stack is in no state: it is not there',
  ],
  ['left as an earlier rollback left it', { noOp: true, progress: [], live: live('UPDATE_ROLLBACK_COMPLETE') }, 'unchanged'],
  [
    'left as an earlier rollback left it, with an error',
    { noOp: true, error: 'no change set', progress: [], live: live('UPDATE_ROLLBACK_COMPLETE') },
    'failed : no change set',
  ],
  [
    'in a rollback that nobody saw',
    { progress: [], live: live('UPDATE_ROLLBACK_COMPLETE') },
    'failed : the stack is in UPDATE_ROLLBACK_COMPLETE',
  ],
  [
    'the shell of a creation that never began',
    { progress: [], live: live('ROLLBACK_COMPLETE') },
    'failed : the stack is in ROLLBACK_COMPLETE',
  ],
  ['left in a change set', { error: 'change set failed', progress: [], live: live('REVIEW_IN_PROGRESS') }, 'failed : change set failed'],
  ['not rolled back to the end', { error: 'x', progress: broken, live: live('UPDATE_ROLLBACK_FAILED') }, 'failed Queue: Access Denied'],
  [
    'final, with an error of the toolkit',
    { error: 'assets failed', progress: [], live: live('UPDATE_COMPLETE') },
    'failed : assets failed',
  ],
  ['still changing', { error: 'timeout', progress: done, live: live('UPDATE_IN_PROGRESS') }, 'still-running UPDATE_IN_PROGRESS'],
  [
    'still cleaning up',
    { progress: done, live: live('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') },
    'still-running UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  ],
  [
    'final by the change set of a run whose session ended',
    { error: 'ExpiredToken', isLost: true, changeSetName: 'ours', progress: [], live: { ...live('UPDATE_COMPLETE'), changeSet: 'ours' } },
    'deployed',
  ],
  [
    'rolled back by the change set of a run whose session ended',
    {
      error: 'ExpiredToken',
      isLost: true,
      changeSetName: 'ours',
      progress: [],
      live: { ...live('UPDATE_ROLLBACK_COMPLETE'), changeSet: 'ours' },
    },
    'rolled-back of update : the stack is in UPDATE_ROLLBACK_COMPLETE',
  ],
  [
    'final before the session of the run ended',
    { error: 'ExpiredToken', isLost: true, changeSetName: 'ours', progress: [], live: { ...live('UPDATE_COMPLETE'), changeSet: 'theirs' } },
    'failed : ExpiredToken',
  ],
  [
    'still changing when the session of the run ended',
    {
      error: 'ExpiredToken',
      isLost: true,
      changeSetName: 'ours',
      progress: done,
      live: { ...live('UPDATE_IN_PROGRESS'), changeSet: 'ours' },
    },
    'still-running UPDATE_IN_PROGRESS',
  ],
  ['not there', { progress: [], live: undefined }, 'failed : the stack is in no state: it is not there'],
  ['not there, with an error', { error: 'denied', progress: [], live: undefined }, 'failed : denied'],
])('a stack that is %s', (_name, ending, outcome) => expect(shown(judgeEnding(ending))).toBe(outcome));

test.each<[string, Progress[], string]>([
  ['the first resource that failed', [event('A', 'CREATE_FAILED', 'one'), event('B', 'CREATE_FAILED', 'two')], 'A: one'],
  [
    'not one that was cancelled because of it',
    [event('A', 'CREATE_FAILED', 'Resource creation cancelled'), event('B', 'CREATE_FAILED', 'two')],
    'B: two',
  ],
  [
    'not one whose update was cancelled either',
    [event('A', 'UPDATE_FAILED', 'Resource update cancelled'), event('B', 'UPDATE_FAILED', 'two')],
    'B: two',
  ],
  [
    'not the stack itself',
    [event('Shop', 'CREATE_FAILED', 'The following resource(s) failed', 'AWS::CloudFormation::Stack'), event('B', 'CREATE_FAILED', 'two')],
    'B: two',
  ],
  ['a resource that could not be deleted', [event('A', 'DELETE_FAILED', 'not empty')], 'A: not empty'],
  ['the words of the toolkit where no resource failed', [event('A', 'CREATE_COMPLETE')], ': the toolkit says so'],
  [
    'the words of the toolkit where all were cancelled',
    [event('A', 'CREATE_FAILED', 'Resource creation Canceled')],
    ': the toolkit says so',
  ],
])('the cause of a failure is %s', (_name, progress, cause) => {
  expect(shown(judgeEnding({ error: 'the toolkit says so', progress, live: live('CREATE_FAILED') }))).toBe(`failed ${cause}`);
});

describe('what is told of an outcome', () => {
  const cause = { logicalId: 'Queue', type: 'AWS::SQS::Queue', message: 'Access Denied' };
  const whole = { logicalId: '', type: '', message: 'no credentials' };

  test.each<[string, StackOutcome, string | undefined]>([
    ['deployed', { kind: 'deployed' }, undefined],
    ['unchanged', { kind: 'unchanged' }, undefined],
    ['rolled back', { kind: 'rolled-back', of: 'update', cause }, 'DP120 Shop/Queue: Shop: Queue (AWS::SQS::Queue): Access Denied'],
    [
      'rolled back on its creation',
      { kind: 'rolled-back', of: 'creation', cause },
      'DP123 Shop/Queue: Shop: Queue (AWS::SQS::Queue): Access Denied',
    ],
    ['failed', { kind: 'failed', cause }, 'DP121 Shop/Queue: Shop: Queue (AWS::SQS::Queue): Access Denied'],
    ['failed as a whole', { kind: 'failed', cause: whole }, 'DP121 : Shop: no credentials'],
    ['not started', { kind: 'not-started', because: 'it needs Net' }, 'DP122 : Shop: it needs Net.'],
    ['still running', { kind: 'still-running', status: 'UPDATE_IN_PROGRESS' }, 'DP140 : Shop is in UPDATE_IN_PROGRESS.'],
  ])('%s', async (_name, outcome, told) => {
    const { stacks } = await gatherSample({ Shop: { resources: { Queue: queue() } } });
    const [facts] = stacks;
    const found = facts ? toFindings(facts, outcome) : [];
    expect(found.map((f) => `${f.code} ${f.place.constructPath ?? ''}: ${f.message}`)).toEqual(told === undefined ? [] : [told]);
    expect(found.every((f) => f.place.stack === 'Shop')).toBe(true);
  });
});
