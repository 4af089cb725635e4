import { bucket as aBucket, queue, table } from '../../../test/fakes/assembly.ts';
import { answers, both, denies, live, testCases, type CheckCase, type Stacks } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';
import type { RecoverySettings } from '../recovery.ts';

const plain: Stacks = { Shop: { resources: { Queue: queue() } } };
const changed: Stacks = { Shop: { resources: { Queue: queue(9) } } };
const orders: Stacks = { Shop: { resources: { Orders: table('orders') } } };

type Row = readonly [logicalId: string, type: string, physicalId: string, status: string];

/** What a stack holds, by name or ARN. */
const holding = (stack: string, ...rows: Row[]) =>
  answers(
    'stackResources',
    { stack },
    new Map(rows.map(([logicalId, type, physicalId, status]) => [logicalId, { logicalId, type, physicalId, status }])),
  );
const history = (created: readonly string[], wasStable = true, stack = 'Shop') => answers('history', { stack }, { wasStable, created });
const settings = (more: Partial<RecoverySettings>): FactsOptions => ({ recovery: { isOn: true, goesOn: false, skip: {}, ...more } });

const bucket = (status: string): Row => ['Files', 'AWS::S3::Bucket', 'files-prod', status];
const items = (status: string): Row => ['Orders', 'AWS::DynamoDB::Table', 'orders', status];
const pool: Row = ['Users', 'AWS::Cognito::UserPool', 'pool-1', 'CREATE_COMPLETE'];
const nested: Row = ['Inner', 'AWS::CloudFormation::Stack', 'arn:inner', 'CREATE_COMPLETE'];
const empty = (isEmpty: boolean | undefined) => answers('isEmpty', { type: 'AWS::S3::Bucket', name: 'files-prod' }, isEmpty);
const never = settings({ isOn: false });
const keeping = settings({ skip: { Shop: ['Files'] } });

const stuck = (status: string, way: string, name = `the state ${status}, with \`recover: never\``): CheckCase => ({
  code: 'PF110',
  name,
  stacks: changed,
  options: { ...live(plain, status, { statusReason: 'why' }), ...never },
  told: [
    new RegExp(
      `^Shop: Shop is in ${status} \\(why\\); \`recover: never\` leaves it so; [a-z].*aws cloudformation ${way} --stack-name Shop`,
    ),
  ],
});

const cases: readonly CheckCase[] = [
  stuck('UPDATE_ROLLBACK_FAILED', 'continue-update-rollback'),
  stuck('ROLLBACK_FAILED', 'delete-stack'),
  stuck('ROLLBACK_COMPLETE', 'delete-stack'),
  stuck('CREATE_FAILED', 'delete-stack'),
  stuck('UPDATE_FAILED', 'rollback-stack'),
  {
    code: 'PF110',
    name: 'the state IMPORT_ROLLBACK_FAILED, which has no way on',
    stacks: changed,
    options: live(plain, 'IMPORT_ROLLBACK_FAILED'),
    told: [/^Shop: Shop is in IMPORT_ROLLBACK_FAILED; CloudFormation documents no way on but its deletion, .* --stack-name Shop$/],
  },
  {
    code: 'PF110',
    name: 'a deletion that failed of a stack that was created once',
    stacks: changed,
    options: both(live(plain, 'DELETE_FAILED'), holding('Shop', ['Queue', 'AWS::SQS::Queue', 'q', 'DELETE_FAILED'])),
    told: [
      /^Shop: Shop is in DELETE_FAILED with AWS::SQS::Queue Queue \(q\); name what of it stays in `recover`, .*; or delete it again, .* --stack-name Shop --retain-resources Queue$/,
    ],
  },
  {
    code: 'PF110',
    name: 'a deletion that failed of a stack whose past may not be read',
    stacks: changed,
    options: both(live(plain, 'DELETE_FAILED'), denies('cloudformation:DescribeStackEvents')),
    told: [/^Shop: Shop is in DELETE_FAILED; name what of it stays /],
  },
  {
    code: 'PF110',
    name: 'a failed creation that is left with a bucket that holds something',
    stacks: plain,
    options: both(live(plain, 'CREATE_FAILED'), holding('Shop', bucket('CREATE_COMPLETE')), empty(false)),
    told: [/^Shop: Shop is in CREATE_FAILED; it would lose what holds data: AWS::S3::Bucket Files \(files-prod\); go on from there with /],
  },
  {
    code: 'PF110',
    name: 'a failed creation that is left with a table, whatever is in it',
    stacks: plain,
    options: both(live(orders, 'ROLLBACK_FAILED'), holding('Shop', items('DELETE_FAILED'))),
    told: [/it would lose what holds data: AWS::DynamoDB::Table Orders \(orders\); delete it, /],
  },
  {
    code: 'PF110',
    name: 'a failed creation that is left with a user pool in a nested stack',
    stacks: plain,
    options: both(live(plain, 'CREATE_FAILED'), holding('Shop', nested), holding('arn:inner', pool)),
    told: [/it would lose what holds data: AWS::Cognito::UserPool Users \(pool-1\); /],
  },
  {
    code: 'PF110',
    name: 'a failed creation of which nobody may read what it holds',
    stacks: plain,
    options: both(live(plain, 'CREATE_FAILED'), denies('cloudformation:ListStackResources')),
    told: [/nobody can say whether data would be lost: needs the permission cloudformation:ListStackResources on Shop; /],
  },
  {
    code: 'PF110',
    name: 'a failed creation of which nobody may read whether its bucket is empty',
    stacks: plain,
    options: both(live(plain, 'CREATE_FAILED'), holding('Shop', bucket('CREATE_COMPLETE')), denies('empty:AWS::S3::Bucket')),
    told: [/nobody can say whether data would be lost: needs the permission empty:AWS::S3::Bucket on files-prod; /],
  },
  {
    code: 'PF110',
    name: 'a failed update that made a table, which is there since',
    stacks: changed,
    options: both(live(orders, 'UPDATE_FAILED'), holding('Shop', items('CREATE_COMPLETE')), history(['Orders'])),
    told: [
      /^Shop: Shop is in UPDATE_FAILED; it would lose what holds data: AWS::DynamoDB::Table Orders \(orders\); go on from there with /,
    ],
  },
  {
    code: 'PF110',
    name: 'a stuck rollback of an update that made a table, in a nested stack that was there before',
    stacks: changed,
    options: both(
      live(orders, 'UPDATE_ROLLBACK_FAILED'),
      holding('Shop', nested),
      holding('arn:inner', items('CREATE_COMPLETE')),
      history(['Orders'], true, 'arn:inner'),
    ),
    told: [/it would lose what holds data: AWS::DynamoDB::Table Orders \(orders\); /],
  },
  {
    code: 'PF110',
    name: 'a stuck rollback whose beginning CloudFormation does not tell any more',
    stacks: changed,
    options: both(
      live(orders, 'UPDATE_ROLLBACK_FAILED'),
      holding('Shop', items('UPDATE_COMPLETE')),
      answers('history', { stack: 'Shop' }, { wasStable: true, isCut: true, created: [] }),
    ),
    told: [/it would lose what holds data: AWS::DynamoDB::Table Orders \(orders\); /],
  },
  {
    code: 'PF110',
    name: 'a stuck rollback of which nobody may read what the update made',
    stacks: changed,
    options: both(live(plain, 'UPDATE_ROLLBACK_FAILED'), denies('cloudformation:DescribeStackEvents')),
    told: [/nobody can say whether data would be lost: needs the permission cloudformation:DescribeStackEvents on Shop; /],
  },
  {
    code: 'PF110',
    name: 'a stuck rollback that is to leave what it did not fail on',
    stacks: changed,
    options: {
      ...both(
        live(plain, 'UPDATE_ROLLBACK_FAILED'),
        holding('Shop', ['Fn', 'AWS::Lambda::Function', 'api', 'UPDATE_FAILED'], ['Queue', 'AWS::SQS::Queue', 'q', 'UPDATE_COMPLETE']),
      ),
      ...settings({ skip: { Shop: ['Fn', 'Queue'] } }),
    },
    told: [
      /^Shop: Shop is in UPDATE_ROLLBACK_FAILED with AWS::Lambda::Function Fn \(api\); `recover` names Queue; what its rollback failed on is Fn; .* --stack-name Shop --resources-to-skip Fn$/,
    ],
  },
  ...(
    [
      ['AWS::AmazonMQ::Broker', 'b-1'],
      ['AWS::ElastiCache::ReplicationGroup', 'carts'],
      ['AWS::Kinesis::Stream', 'clicks'],
      ['AWS::RDS::GlobalCluster', 'world'],
      ['AWS::SecretsManager::Secret', 'arn:aws:secretsmanager:us-west-2:111111111111:secret:db-AbC123'],
      ['AWS::SQS::Queue', 'https://sqs.us-west-2.amazonaws.com/111111111111/jobs'],
    ] as const
  ).map(([type, id]): CheckCase => ({
    code: 'PF110',
    name: `a deletion that failed, whose end would take ${type} that was in use`,
    stacks: plain,
    options: {
      ...both(live(plain, 'DELETE_FAILED'), holding('Shop', bucket('DELETE_FAILED'), ['Rest', type, id, 'UPDATE_COMPLETE'])),
      ...keeping,
    },
    told: [new RegExp(`; it would lose what holds data: ${type} Rest \\(${id}\\); `)],
  })),
  {
    code: 'PF110',
    name: 'a deletion that failed, where what is to stay is in the way under an address',
    stacks: { Shop: { resources: { Jobs: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'jobs' } } } } },
    options: {
      ...both(
        live(plain, 'DELETE_FAILED'),
        holding('Shop', ['Files', 'AWS::SNS::Topic', 'arn:aws:sns:us-west-2:111111111111:jobs', 'DELETE_FAILED']),
      ),
      ...keeping,
    },
    told: [/AWS::SNS::Topic Files \(arn:aws:sns:us-west-2:111111111111:jobs\) would stay, and nothing can be made anew under its name; /],
  },
  {
    code: 'PF110',
    name: 'a deletion that failed, where what is to stay is in the way of a nested stack',
    stacks: { Shop: { nested: { Inner: { resources: { Files: aBucket('files-prod') } } } } },
    options: { ...both(live(plain, 'DELETE_FAILED'), holding('Shop', bucket('DELETE_FAILED'))), ...keeping },
    told: [/AWS::S3::Bucket Files \(files-prod\) would stay, and nothing can be made anew under its name; /],
  },
  {
    code: 'PF110',
    name: 'a deletion that failed, where nobody can say whether what is to stay is in the way',
    stacks: { Shop: { resources: { Web: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupName: 'web' } } } } },
    options: {
      ...both(live(plain, 'DELETE_FAILED'), holding('Shop', ['Files', 'AWS::EC2::SecurityGroup', 'sg-1', 'DELETE_FAILED'])),
      ...keeping,
    },
    told: [/AWS::EC2::SecurityGroup Files \(sg-1\) would stay, and nobody can say whether what is made anew has its name; /],
  },
  ...(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'] as const).map(
    (status): CheckCase => ({ code: 'PF110', name: `the state ${status}`, stacks: changed, options: live(plain, status) }),
  ),
  {
    code: 'PF110',
    name: 'a failed creation that has kept a table outside of the stack',
    stacks: plain,
    options: both(live(plain, 'ROLLBACK_FAILED'), holding('Shop', items('DELETE_SKIPPED'))),
  },

  ...(
    [
      'CREATE_IN_PROGRESS',
      'UPDATE_IN_PROGRESS',
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'UPDATE_ROLLBACK_IN_PROGRESS',
      'DELETE_IN_PROGRESS',
    ] as const
  ).map((status): CheckCase => ({
    code: 'PF114',
    name: `the state ${status}`,
    stacks: changed,
    options: live(plain, status),
    told: [`Shop: Shop is in ${status}.`],
  })),
  { code: 'PF114', name: 'another stack that is being changed', stacks: plain, options: live({ Other: {} }, 'UPDATE_IN_PROGRESS') },
  {
    code: 'PF114',
    name: 'a stack that another run of deploy is changing',
    stacks: changed,
    options: live(plain, 'UPDATE_IN_PROGRESS', { changeSet: 'spaceport-4711-2' }),
    told: ['Shop: Shop is in UPDATE_IN_PROGRESS, by the change set spaceport-4711-2 (attempt 2 of the workflow run 4711).'],
  },
  ...(
    [
      ['Console-DeleteStack-1', 'by somebody in the console'],
      ['exec1', 'by the request exec1'],
    ] as const
  ).map(([token, by]): CheckCase => ({
    code: 'PF114',
    name: `a stack that is being deleted ${by}`,
    stacks: changed,
    options: both(live(plain, 'DELETE_IN_PROGRESS'), answers('history', { stack: 'Shop' }, { wasStable: true, created: [], token })),
    told: [`Shop: Shop is in DELETE_IN_PROGRESS, ${by}.`],
  })),
  {
    code: 'PF111',
    name: 'a stack that is being changed and is not to be waited for',
    stacks: changed,
    options: { ...live(plain, 'UPDATE_IN_PROGRESS'), ...never },
    told: ['Shop: Shop is in UPDATE_IN_PROGRESS.'],
  },
  { code: 'PF111', name: 'a stack that is being changed and is waited for', stacks: changed, options: live(plain, 'UPDATE_IN_PROGRESS') },

  {
    code: 'PF112',
    name: 'a creation that was rolled back',
    stacks: plain,
    options: live(plain, 'ROLLBACK_COMPLETE'),
    told: [
      'Shop: Shop is in ROLLBACK_COMPLETE: its creation never came to an end. Deploy deletes what is left of it and creates the stack anew. All that it made is deleted already, so nothing is lost.',
    ],
  },
  {
    code: 'PF112',
    name: 'a creation that was rolled back and has kept a table',
    stacks: plain,
    options: both(live(plain, 'ROLLBACK_COMPLETE'), holding('Shop', items('DELETE_SKIPPED'))),
    told: [/creates the stack anew\. Still there of what it made: AWS::DynamoDB::Table Orders \(orders\)\.$/],
  },
  {
    code: 'PF112',
    name: 'a creation that was rolled back, of which nothing more may be read',
    stacks: plain,
    options: both(live(plain, 'ROLLBACK_COMPLETE'), denies('cloudformation:ListStackResources')),
    told: [/creates the stack anew\.$/],
  },
  {
    code: 'PF112',
    name: 'a creation that was rolled back and is protected from deletion',
    stacks: plain,
    options: live(plain, 'ROLLBACK_COMPLETE', { terminationProtection: true }),
    told: [/ so nothing is lost\. Its termination protection, which the failed creation left, is turned off for that\.$/],
  },
  {
    code: 'PF112',
    name: 'a failed creation that is left with a queue and an empty bucket',
    stacks: plain,
    options: both(live(plain, 'CREATE_FAILED'), holding('Shop', bucket('CREATE_COMPLETE')), empty(true)),
    told: [/^Shop: Shop is in CREATE_FAILED: .*creates the stack anew\. Nothing of it holds data: AWS::S3::Bucket Files \(files-prod\)\.$/],
  },
  {
    code: 'PF112',
    name: 'a rollback of a creation that could not delete what somebody else deleted since',
    stacks: plain,
    options: both(
      live(plain, 'ROLLBACK_FAILED'),
      holding('Shop', items('DELETE_FAILED'), bucket('DELETE_FAILED')),
      answers('isEmpty', { type: 'AWS::S3::Bucket', name: 'files-prod' }, undefined),
    ),
    told: [/^Shop: Shop is in ROLLBACK_FAILED: /],
  },
  {
    code: 'PF112',
    name: 'a deletion that failed of a stack that was never created',
    stacks: plain,
    options: both(live(plain, 'DELETE_FAILED'), history([], false)),
    told: [/^Shop: Shop is in DELETE_FAILED: its creation never came to an end\. /],
  },
  {
    code: 'PF112',
    name: 'a failed creation that is left with a secret and a stream, which nothing has used yet',
    stacks: plain,
    options: both(
      live(plain, 'CREATE_FAILED'),
      holding(
        'Shop',
        ['Db', 'AWS::SecretsManager::Secret', 'db', 'CREATE_COMPLETE'],
        ['S', 'AWS::Kinesis::Stream', 's', 'CREATE_COMPLETE'],
      ),
    ),
    told: [/creates the stack anew\. /],
  },
  {
    code: 'PF112',
    name: 'a change set that nobody executed',
    stacks: plain,
    options: both(live(plain, 'REVIEW_IN_PROGRESS'), answers('changeSets', { stack: 'Shop' }, [{ name: 'review-7', day: '2026-11-01' }])),
    told: [/in its place\. What nobody executed goes away with it: review-7 of 2026-11-01\.$/],
  },
  {
    code: 'PF112',
    name: 'the shell of a change set, even one that is protected from deletion',
    stacks: plain,
    options: live(plain, 'REVIEW_IN_PROGRESS', { terminationProtection: true }),
    told: ['Shop: Shop is in REVIEW_IN_PROGRESS: its creation never came to an end. Deploy creates the stack in its place.'],
  },
  { code: 'PF112', name: 'an update that was rolled back', stacks: plain, options: live(plain, 'UPDATE_ROLLBACK_COMPLETE') },

  {
    code: 'PF113',
    name: 'a failed update that is left so',
    stacks: changed,
    options: live(plain, 'UPDATE_FAILED'),
    told: ['Shop: Shop is in UPDATE_FAILED: its last update failed and was left so. Deploy rolls it back first.'],
  },
  {
    code: 'PF113',
    name: 'a failed update that is left so, with a table that was there before',
    stacks: changed,
    options: both(live(orders, 'UPDATE_FAILED'), holding('Shop', items('UPDATE_COMPLETE')), history(['Queue'])),
    told: [/Deploy rolls it back first\.$/],
  },
  {
    code: 'PF113',
    name: 'a failed creation that is left so with a table, where failed stacks are gone on with',
    stacks: changed,
    options: { ...both(live(orders, 'CREATE_FAILED'), holding('Shop', items('CREATE_COMPLETE'))), ...settings({ goesOn: true }) },
    told: ['Shop: Shop is in CREATE_FAILED: what failed was left so. Deploy goes on from there.'],
  },
  {
    code: 'PF113',
    name: 'a stuck rollback that is continued',
    stacks: changed,
    options: both(live(plain, 'UPDATE_ROLLBACK_FAILED'), holding('Shop', ['Fn', 'AWS::Lambda::Function', 'api', 'UPDATE_FAILED'])),
    told: ['Shop: Shop is in UPDATE_ROLLBACK_FAILED with AWS::Lambda::Function Fn (api). Deploy continues its rollback first.'],
  },
  {
    code: 'PF113',
    name: 'a stuck rollback that is continued without what the user names',
    stacks: changed,
    options: {
      ...both(live(plain, 'UPDATE_ROLLBACK_FAILED'), holding('Shop', ['Fn', 'AWS::Lambda::Function', 'api', 'UPDATE_FAILED'])),
      ...settings({ skip: { Shop: ['Fn'] } }),
    },
    told: [/Deploy continues its rollback first\. It leaves as they are: Fn\.$/],
  },
  { code: 'PF113', name: 'an update that was rolled back', stacks: changed, options: live(plain, 'UPDATE_ROLLBACK_COMPLETE') },
];

testCases(['PF110', 'PF111', 'PF112', 'PF113', 'PF114'], cases);
