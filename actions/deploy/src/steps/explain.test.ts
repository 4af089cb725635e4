import { describe, expect, test } from '@jest/globals';
import type { StackFacts } from '../../../../engine/src/facts.ts';
import type { StackOutcome } from '../../../../engine/src/report/report.ts';
import type { Progress } from '../../../../engine/src/stack-changes.ts';
import { queue, type SampleStack } from '../../../../test/fakes/assembly.ts';
import { gatherSample } from '../../../../test/fakes/facts.ts';
import type { FakeWorld } from '../../../../test/fakes/world.ts';
import { explain } from './explain.ts';
import { judgeEnding, toFindings, toSaid } from './outcome.ts';

const id = (name: string) => `arn:aws:cloudformation:us-west-2:111111111111:stack/${name}/1`;
const nested = 'AWS::CloudFormation::Stack';
const atMs = Date.parse('2026-11-21T10:00:00Z');
const event = (logicalId: string, status: string, reason = '', more: Partial<Progress> = {}): Progress => ({
  logicalId,
  type: 'AWS::SQS::Queue',
  status,
  reason,
  stackId: id('Shop'),
  atMs,
  ...more,
});
const embedded = (name: string, physicalId: string, stackId = id('Shop')) =>
  event(name, 'CREATE_FAILED', `Embedded stack ${physicalId} was not successfully created`, { type: nested, physicalId, stackId });

/** What is told of a failure with these events; `before` says what else AWS knows. */
async function tell(
  progress: readonly Progress[],
  before: (made: FakeWorld) => void = () => {},
  sample: SampleStack = { resources: { Queue: queue() } },
) {
  const { stacks, made } = await gatherSample({ Shop: sample });
  before(made);
  const facts = stacks[0] as StackFacts;
  const live = {
    id: id('Shop'),
    name: 'Shop',
    status: 'ROLLBACK_COMPLETE',
    statusReason: '',
    parameters: {},
    tags: {},
    outputs: {},
    terminationProtection: false,
  };
  const outcome = await explain(
    judgeEnding({ error: 'the toolkit says so', progress, live }),
    progress,
    facts,
    made.aws.cloud('us-west-2'),
  );
  return { outcome, said: 'cause' in outcome ? toSaid(outcome.cause) : outcome.kind, findings: toFindings(facts, outcome) };
}

describe('the cause of a failure in a nested stack', () => {
  const inner = id('Shop-Inner-1');
  const deep = id('Shop-Inner-1-Deep-1');
  const leaf = event('Queue', 'CREATE_FAILED', 'Access Denied', { stackId: inner });

  test('is the resource that failed first, with the stacks around it, when its events were seen', async () => {
    const own = event('Shop-Inner-1', 'CREATE_FAILED', 'The following resource(s) failed', {
      type: nested,
      physicalId: inner,
      stackId: inner,
    });
    const { said, findings } = await tell([leaf, own, embedded('Inner', inner)]);
    expect(said).toBe('Inner/Queue (AWS::SQS::Queue): Access Denied');
    expect(findings[0]?.place.constructPath).toBe('Shop/Inner');
  });

  test('is read from its own events when they were not, however deep', async () => {
    const { said } = await tell([embedded('Inner', inner)], ({ aws }) => {
      const begins = { ...event('Shop-Inner-1', 'CREATE_IN_PROGRESS', '', { type: nested, physicalId: inner }), physicalId: inner };
      aws.answers.set(`stackEvents {"stack":"${inner}"}`, [begins, embedded('Deep', deep, inner)]);
      aws.answers.set(`stackEvents {"stack":"${deep}"}`, [
        event('Table', 'CREATE_FAILED', 'no capacity', { type: 'AWS::DynamoDB::Table' }),
      ]);
    });
    expect(said).toBe('Inner/Deep/Table (AWS::DynamoDB::Table): no capacity');
  });

  test('is not what failed in an earlier attempt', async () => {
    const { said } = await tell([embedded('Inner', inner)], ({ aws }) => {
      const begins = (status: string) => event('Shop-Inner-1', status, '', { type: nested, physicalId: inner });
      const failed = (reason: string) => event('Queue', 'UPDATE_FAILED', reason);
      aws.answers.set(`stackEvents {"stack":"${inner}"}`, [
        begins('CREATE_IN_PROGRESS'),
        failed('old'),
        begins('UPDATE_ROLLBACK_IN_PROGRESS'),
        begins('UPDATE_IN_PROGRESS'),
        event('Other', 'UPDATE_FAILED', 'Resource update cancelled'),
        failed('new'),
      ]);
    });
    expect(said).toBe('Inner/Queue (AWS::SQS::Queue): new');
  });

  test('is the nested stack itself where its events may not be read', async () => {
    const { said } = await tell([embedded('Inner', inner)], ({ aws }) => aws.denied.add('cloudformation:DescribeStackEvents'));
    expect(said).toBe(`Inner (AWS::CloudFormation::Stack): Embedded stack ${inner} was not successfully created`);
  });
});

/* The emulator runs no tasks: answers after the shapes that AWS documents for DescribeTasks. */
describe('the cause of a service that is not steady', () => {
  const service = 'arn:aws:ecs:us-west-2:111111111111:service/main/web';
  const failure = event(
    'Web',
    'CREATE_FAILED',
    'Resource handler returned message: "Error occurred during operation \'ECS Deployment Circuit Breaker was triggered\'." (RequestToken: 1-2, HandlerErrorCode: GeneralServiceException)',
    {
      type: 'AWS::ECS::Service',
      physicalId: service,
    },
  );
  const key = 'stoppedTasks {"cluster":"main","service":"web"}';
  const app = (more: object) => ({ name: 'app', image: 'shop:7', reason: '', ...more });

  test.each<[string, object[], string[]]>([
    [
      'an app that ends',
      [
        {
          stoppedAtMs: 2,
          reason: 'Essential container in task exited',
          containers: [app({ exitCode: 137, reason: 'OutOfMemoryError: killed' }), app({ name: 'log', exitCode: 0 })],
        },
        { stoppedAtMs: 1, reason: 'Essential container in task exited', containers: [] },
      ],
      [
        'task stopped: Essential container in task exited',
        'container app (shop:7): exit code 137, OutOfMemoryError: killed',
        '1 more task stopped before',
      ],
    ],
    [
      'an image that is not there',
      [{ stoppedAtMs: 1, reason: 'CannotPullContainerError: shop:7: not found', containers: [app({})] }],
      ['task stopped: CannotPullContainerError: shop:7: not found'],
    ],
    ['nothing that is known', [], []],
  ])('is told with %s', async (_name, tasks, lines) => {
    const { said } = await tell([failure], ({ aws }) => void aws.answers.set(key, tasks));
    expect(said.split('\n')).toEqual([
      "Web (AWS::ECS::Service): Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
      ...lines,
    ]);
  });

  test('brings the remedy of a missing image along', async () => {
    const tasks = [{ stoppedAtMs: 1, reason: 'CannotPullContainerError: not found', containers: [] }];
    const { findings } = await tell([failure], ({ aws }) => void aws.answers.set(key, tasks));
    expect(findings[0]?.code).toBe('DP123');
    expect(findings[0]?.message).toContain('(PF282: Container image is not there)');
    expect(findings[0]?.remedy).toContain('Push the image first');
  });
});

/* The emulator runs handlers of custom resources, and keeps no such logs: lines as Lambda writes them. */
describe('the cause of a custom resource', () => {
  const request = '11111111-2222-3333-4444-555555555555';
  const failure = event(
    'Seed',
    'CREATE_FAILED',
    `Received response status [FAILED] from custom resource. Message returned: seeding failed (RequestId: ${request})`,
    { type: 'Custom::Seed' },
  );
  const sample: SampleStack = {
    resources: {
      Seed: { Type: 'Custom::Seed', Properties: { ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] } } },
      Handler: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'seed' } },
    },
  };
  const lines = [
    'START RequestId: 99999999-2222-3333-4444-555555555555 Version: $LATEST',
    'ERROR of another request',
    'END RequestId: 99999999-2222-3333-4444-555555555555',
    `START RequestId: ${request} Version: $LATEST`,
    `2026-11-21T10:00:00.000Z\t${request}\tINFO\tbegin`,
    `2026-11-21T10:00:00.000Z\t${request}\tERROR\tInvoke Error password=hunter2 AKIAABCDEFGHIJKLMNOP`,
    '    at handler (/var/task/index.js:3:9)',
    `END RequestId: ${request}`,
    `REPORT RequestId: ${request} Duration: 3 ms`,
  ];
  const withFunction = ({ aws }: FakeWorld) => {
    const resources = new Map([
      ['Handler', { logicalId: 'Handler', type: 'AWS::Lambda::Function', physicalId: 'seed', status: 'DELETE_COMPLETE' }],
    ]);
    aws.answers.set(`stackResources {"stack":"${id('Shop')}"}`, resources);
  };

  test('is what its function logged for this request, without secrets', async () => {
    const { said } = await tell(
      [failure],
      (made) => {
        withFunction(made);
        made.aws.answers.set('logLines {"group":"/aws/lambda/seed"}', lines);
      },
      sample,
    );
    expect(said.split('\n')).toEqual([
      'Seed (Custom::Seed): seeding failed',
      '/aws/lambda/seed says:',
      'ERROR Invoke Error password=*** ***',
      '    at handler (/var/task/index.js:3:9)',
    ]);
  });

  test('is in the log group that the function is configured with, or that the failure names', async () => {
    const configured = await tell(
      [failure],
      (made) => {
        withFunction(made);
        made.aws.answers.set('functionLogs {"name":"seed"}', '/shop/seed');
        made.aws.answers.set('logLines {"group":"/shop/seed"}', ['TypeError: a']);
      },
      sample,
    );
    expect(configured.said).toMatch(/\/shop\/seed says:\nTypeError: a$/);
    const framework = { ...failure, reason: 'Error: no\n    at x\nLogs: /aws/lambda/real-handler\n' };
    const named = await tell(
      [framework],
      ({ aws }) => void aws.answers.set('logLines {"group":"/aws/lambda/real-handler"}', ['Error: b']),
      sample,
    );
    expect(named.said).toMatch(/\/aws\/lambda\/real-handler says:\nError: b$/);
  });

  test.each<[string, (made: FakeWorld) => void]>([
    ['no logs', withFunction],
    [
      'logs that tell of no error',
      (made) => (withFunction(made), void made.aws.answers.set('logLines {"group":"/aws/lambda/seed"}', ['INFO fine'])),
    ],
    ['logs that may not be read', (made) => (withFunction(made), void made.aws.denied.add('logs:FilterLogEvents'))],
    ['a function that nobody knows', () => {}],
  ])('is the words of CloudFormation alone with %s', async (_name, before) => {
    expect((await tell([failure], before, sample)).said).toBe('Seed (Custom::Seed): seeding failed');
  });
});

describe('other outcomes', () => {
  test('without any event keep the words of the toolkit', async () => {
    const { findings } = await tell([]);
    expect(findings.map((f) => f.message)).toEqual(['Shop: the toolkit says so']);
  });

  test('that are good stay as they are', async () => {
    const { stacks, made } = await gatherSample({ Shop: {} });
    const good: StackOutcome = { kind: 'deployed' };
    expect(await explain(good, [event('A', 'CREATE_FAILED')], stacks[0] as StackFacts, made.aws.cloud('us-west-2'))).toBe(good);
  });
});
