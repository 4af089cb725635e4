import { describe, expect, test } from '@jest/globals';
import { queue, readSampleStack, type SampleStack } from '../../../test/fakes/assembly.ts';
import type { Template } from '../assembly/assembly.ts';
import type { LiveStack } from '../world.ts';
import { judgeChange, type ChangeQuestion } from './change.ts';

const sample: SampleStack = { resources: { Queue: queue() }, tags: { team: 'a' } };
const stack = readSampleStack(sample);
const live = (more: Partial<LiveStack> = {}): LiveStack => ({
  id: 'arn',
  name: 'Shop',
  status: 'UPDATE_COMPLETE',
  statusReason: '',
  parameters: {},
  tags: { team: 'a' },
  outputs: {},
  terminationProtection: false,
  ...more,
});
const question = (more: Partial<ChangeQuestion> = {}): ChangeQuestion => ({
  stack,
  live: live(),
  liveTemplate: stack.template,
  tags: { team: 'a' },
  parameters: {},
  ...more,
});
const shown = (more: Partial<ChangeQuestion>) => Object.values(judgeChange(question(more))).join(': ');
const other: Template = { ...stack.template, Outputs: { Url: { Value: 'x' } } };

test.each<[string, Partial<ChangeQuestion>, string]>([
  ['is not there', { live: undefined, liveTemplate: undefined }, 'create: there is no such stack'],
  ['was deleted', { live: live({ status: 'DELETE_COMPLETE' }) }, 'create: there is no such stack'],
  ['failed to be created', { live: live({ status: 'ROLLBACK_COMPLETE' }) }, 'recover: it is in ROLLBACK_COMPLETE, so it was never created'],
  [
    'is the shell of a change set',
    { live: live({ status: 'REVIEW_IN_PROGRESS' }) },
    'recover: it is in REVIEW_IN_PROGRESS, so it was never created',
  ],
  ['is still changing', { live: live({ status: 'UPDATE_IN_PROGRESS' }) }, 'update: it is in UPDATE_IN_PROGRESS'],
  ['failed to be rolled back', { live: live({ status: 'UPDATE_ROLLBACK_FAILED' }) }, 'update: it is in UPDATE_ROLLBACK_FAILED'],
  ['equals the live one', {}, 'unchanged: it equals the live stack'],
  ['equals the live one after a rollback', { live: live({ status: 'UPDATE_ROLLBACK_COMPLETE' }) }, 'unchanged: it equals the live stack'],
  [
    'equals the live one but for the order of keys',
    { liveTemplate: { Resources: { Queue: { Properties: { DelaySeconds: 0 }, Type: 'AWS::SQS::Queue' } } } },
    'unchanged: it equals the live stack',
  ],
  ['has another template', { liveTemplate: other }, 'update: template changed'],
  ['has a template that cannot be read', { liveTemplate: undefined }, 'update: what is there cannot be read'],
  [
    'is still changing and has a template that cannot be read',
    { live: live({ status: 'UPDATE_IN_PROGRESS' }), liveTemplate: undefined },
    'update: it is in UPDATE_IN_PROGRESS',
  ],
  ['has a tag more', { tags: { team: 'a', cost: '1' } }, 'update: tags changed'],
  ['has a tag less', { tags: {} }, 'update: tags changed'],
  ['has another value of a tag', { tags: { team: 'b' } }, 'update: tags changed'],
  ['gets termination protection', { stack: { ...stack, terminationProtection: true } }, 'update: termination protection changed'],
  ['loses termination protection', { live: live({ terminationProtection: true }) }, 'update: termination protection changed'],
  ['gets a topic for its events', { stack: { ...stack, notificationArns: ['arn:a'] } }, 'update: notification topics changed'],
  [
    'loses a topic for its events',
    { stack: { ...stack, notificationArns: [] }, live: live({ notificationArns: ['arn:a'] }) },
    'update: notification topics changed',
  ],
  [
    'has the topics that are live',
    { stack: { ...stack, notificationArns: ['arn:a'] }, live: live({ notificationArns: ['arn:a'] }) },
    'unchanged: it equals the live stack',
  ],
  ['says nothing of topics', { live: live({ notificationArns: ['arn:a'] }) }, 'unchanged: it equals the live stack'],
  [
    'differs in several ways',
    { liveTemplate: other, tags: {}, live: live({ terminationProtection: true }) },
    'update: template, tags, termination protection changed',
  ],
])('a stack that %s', (_name, more, change) => expect(shown(more)).toBe(change));

describe('a template with characters beyond ASCII, which CloudFormation gives back as question marks', () => {
  const described = (Description: string) => readSampleStack({ ...sample, more: { Description } });

  test.each<[string, string, string, string]>([
    ['counts as changed where only they differ: nobody can say', 'Größe 🚀', 'Gr??e ?', 'update: text beyond ASCII perhaps changed'],
    ['has changed where more differs', 'Größe 🚀', 'Gr??e 2', 'update: template changed'],
    ['is unchanged where CloudFormation kept them', 'Größe', 'Größe', 'unchanged: it equals the live stack'],
  ])('%s', (_name, wanted, there, change) =>
    expect(shown({ stack: described(wanted), liveTemplate: described(there).template })).toBe(change),
  );
});

describe('parameters', () => {
  type Parameter = NonNullable<Template['Parameters']>[string];
  const judge = (parameter: Parameter, liveValue: string | undefined, given: Record<string, string> = {}) => {
    const withParameter = readSampleStack({ ...sample, more: { Parameters: { P: parameter } } });
    return shown({
      stack: withParameter,
      liveTemplate: withParameter.template,
      live: live({ parameters: liveValue === undefined ? {} : { P: liveValue } }),
      parameters: given,
    });
  };
  const text = (more: Partial<Parameter> = {}): Parameter => ({ Type: 'String', ...more });
  const ssm = (Description: string): Parameter => ({ Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/b', Description });
  const same = 'unchanged: it equals the live stack';
  const changed = 'update: parameters changed';

  test.each<[string, Parameter, string | undefined, Record<string, string>, string]>([
    ['with the default that is live', text({ Default: 'd' }), 'd', {}, same],
    ['with a number for a default that is live as text', { Type: 'Number', Default: 3 }, '3', {}, same],
    ['that keeps its live value, which is not the default', text({ Default: 'd' }), 'live', {}, same],
    ['that is given the value it has', text({ Default: 'd' }), 'live', { P: 'live' }, same],
    ['that is given another value', text({ Default: 'd' }), 'live', { P: 'new' }, changed],
    ['that is given its default again', text({ Default: 'd' }), 'live', { P: 'd' }, changed],
    ['that the live stack does not have', text({ Default: 'd' }), undefined, {}, changed],
    ['without a value anywhere', text(), undefined, {}, changed],
    ['that CloudFormation hides, and that keeps what it has', text({ Default: 'd', NoEcho: true }), '****', {}, same],
    [
      'that CloudFormation hides, and that is given',
      text({ NoEcho: true }),
      '****',
      { P: 'x' },
      'update: hidden parameters perhaps changed',
    ],
    ['that is given stars', text({ NoEcho: true }), '****', { P: '****' }, 'update: hidden parameters perhaps changed'],
    ['that is read from SSM, of which nobody told what it came to', ssm('A value.'), '/a/b', {}, changed],
    ['that is a name in SSM and stands for itself', { Type: 'AWS::SSM::Parameter::Name', Default: '/a/b' }, '/a/b', {}, same],
    ['of the bootstrap, which CDK says to skip', ssm('Version of the CDK Bootstrap resources [cdk:skip]'), '/a/b', {}, same],
  ])('one %s', (_name, parameter, liveValue, given, change) => expect(judge(parameter, liveValue, given)).toBe(change));

  test.each<[string, Partial<ChangeQuestion>, string]>([
    ['has in SSM what it came to', { ssm: { P: 'v1' } }, same],
    ['has another value in SSM', { ssm: { P: 'v2' } }, changed],
    ['could not be read', { ssm: {} }, changed],
    ['was not read', {}, same],
    ['is given another name', { ssm: { P: 'v1' }, parameters: { P: '/c' } }, changed],
  ])('one of SSM that %s', (_name, more, change) => {
    const withParameter = readSampleStack({ ...sample, more: { Parameters: { P: ssm('A value.') } } });
    const there = live({ parameters: { P: '/a/b' }, resolved: { P: 'v1' } });
    expect(shown({ stack: withParameter, liveTemplate: withParameter.template, live: there, ...more })).toBe(change);
  });
});
