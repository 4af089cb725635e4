import { bucket, queue, table, type SampleStack } from '../../../test/fakes/assembly.ts';
import { live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const shop = (resources: SampleStack['resources'], more: SampleStack = {}): Stacks => ({ Shop: { resources: { ...resources }, ...more } });
const policy = (DeletionPolicy: string) => ({ DeletionPolicy, UpdateReplacePolicy: DeletionPolicy });
const pathed = { ...table('orders'), Metadata: { 'aws:cdk:path': 'Shop/Data/Orders/Resource' } };
const function_ = (FunctionName: string) => ({ Type: 'AWS::Lambda::Function', Properties: { FunctionName } });
const fileSystem = (more: object = {}) => ({ Type: 'AWS::EFS::FileSystem', Properties: { Encrypted: true }, ...more });

/** As language extensions allow it. */
const either = { 'Fn::If': ['IsProd', 'Retain', 'Delete'] };
const mode = (Default: string): SampleStack => ({
  more: { Parameters: { Mode: { Type: 'String', Default } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Mode' }, 'prod'] } } },
});

testCases(
  ['PF193', 'PF220', 'PF221'],
  [
    {
      code: 'PF220',
      name: 'a table that is removed',
      stacks: shop({ Queue: queue() }),
      options: live(shop({ Orders: pathed })),
      told: ['Shop/Data/Orders: The AWS::DynamoDB::Table Orders is removed; the old one is deleted.'],
    },
    {
      code: 'PF220',
      name: 'one that is removed after a snapshot',
      stacks: shop({ Queue: queue() }),
      options: live(shop({ Files: fileSystem(policy('Snapshot')) })),
      told: ['Shop/Files: The AWS::EFS::FileSystem Files is removed; the old one is deleted after a snapshot.'],
    },
    {
      code: 'PF220',
      name: 'one that goes by the condition of its policy',
      stacks: shop({ Queue: queue() }),
      options: live(shop({ Orders: { ...pathed, DeletionPolicy: either } }, mode('dev'))),
      told: ['Shop/Data/Orders: The AWS::DynamoDB::Table Orders is removed; the old one is deleted.'],
    },
    {
      code: 'PF220',
      name: 'one that stays by the condition of its policy',
      stacks: shop({ Queue: queue() }),
      options: live(shop({ Orders: { ...pathed, DeletionPolicy: either } }, mode('prod'))),
    },
    {
      code: 'PF220',
      name: 'one that is replaced, whose policy has a condition',
      stacks: shop({ Uploads: { ...bucket('new-name'), UpdateReplacePolicy: either } }, mode('prod')),
      options: live(shop({ Uploads: bucket('old-name') }, mode('prod'))),
      told: [/is replaced, because of its BucketName; the old one stays in AWS, outside of the stack\.$/],
    },
    {
      code: 'PF220',
      name: 'one that stays in AWS',
      stacks: shop({ Queue: queue() }),
      options: live(shop({ Orders: { ...pathed, ...policy('Retain') } })),
    },
    {
      code: 'PF220',
      name: 'one that is only kept by the new template',
      stacks: shop({ Queue: queue() }),
      options: live(shop({ Orders: { ...pathed, DeletionPolicy: 'RetainExceptOnCreate' } })),
    },
    {
      code: 'PF220',
      name: 'one that is removed, and allowed by its type',
      stacks: shop({ Queue: queue() }),
      options: { ...live(shop({ Orders: pathed })), allowDestructive: ['AWS::DynamoDB::Table'] },
    },
    {
      code: 'PF220',
      name: 'one that is removed, and allowed by a glob of its path',
      stacks: shop({ Queue: queue() }),
      options: { ...live(shop({ Orders: pathed })), allowDestructive: ['Shop/Data/*'] },
    },
    {
      code: 'PF220',
      name: 'one that is removed, when another one is allowed',
      stacks: shop({ Queue: queue() }),
      options: { ...live(shop({ Orders: pathed })), allowDestructive: ['Shop/Data', 'AWS::DynamoDB'] },
      told: ['Shop/Data/Orders: The AWS::DynamoDB::Table Orders is removed; the old one is deleted.'],
    },
    {
      code: 'PF220',
      name: 'something without data that is removed',
      stacks: shop({ Queue: queue() }),
      options: live(shop({ F: function_('f') })),
    },
    {
      code: 'PF220',
      name: 'a bucket that gets another name',
      stacks: shop({ Uploads: bucket('new-name') }),
      options: live(shop({ Uploads: bucket('old-name') })),
      told: ['Shop/Uploads: The AWS::S3::Bucket Uploads is replaced, because of its BucketName; the old one is deleted.'],
    },
    {
      code: 'PF220',
      name: 'one whose old bucket is kept: the app goes on with an empty one',
      stacks: shop({ Uploads: { ...bucket('new-name'), ...policy('Retain') } }),
      options: live(shop({ Uploads: bucket('old-name') })),
      told: [/; the old one stays in AWS, outside of the stack\.$/],
    },
    {
      code: 'PF220',
      name: 'a function that gets another name',
      stacks: shop({ F: function_('g') }),
      options: live(shop({ F: function_('f') })),
      told: ['Shop/F: The AWS::Lambda::Function F is replaced, because of its FunctionName; the old one is deleted.'],
    },
    {
      code: 'PF220',
      name: 'a file system without a name that is replaced',
      stacks: shop({ Files: fileSystem() }),
      options: live(shop({ Files: fileSystem({ Properties: { Encrypted: false } }) })),
      told: ['Shop/Files: The AWS::EFS::FileSystem Files is replaced, because of its Encrypted; the old one is deleted.'],
    },
    {
      code: 'PF220',
      name: 'something without data and name that is replaced',
      stacks: shop({ S: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: 'a', Protocol: 'sqs' } } }),
      options: live(shop({ S: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: 'b', Protocol: 'sqs' } } })),
    },
    { code: 'PF220', name: 'a table that is updated', stacks: shop({ Q: queue(9) }), options: live(shop({ Q: queue() })) },
    {
      code: 'PF220',
      name: 'a creation that begins again',
      stacks: shop({ Queue: queue() }),
      options: live(shop({ Orders: pathed }), 'ROLLBACK_COMPLETE'),
    },

    {
      code: 'PF221',
      name: 'a database that is replaced or not',
      stacks: shop({ Db: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql', AllocatedStorage: '20', KmsKeyId: 'b' } } }),
      options: live(
        shop({
          Db: {
            Type: 'AWS::RDS::DBInstance',
            Properties: { Engine: 'mysql', AllocatedStorage: '20', KmsKeyId: 'b', AvailabilityZone: 'a' },
          },
        }),
      ),
      told: [/^Shop\/Db: The AWS::RDS::DBInstance Db is perhaps replaced, because of its/],
    },
    {
      code: 'PF221',
      name: 'one that is and has no data',
      stacks: shop({ I: { Type: 'AWS::EC2::Instance', Properties: { InstanceType: 't3.large' } } }),
      options: live(shop({ I: { Type: 'AWS::EC2::Instance', Properties: { InstanceType: 't3.small' } } })),
    },

    {
      code: 'PF193',
      name: 'a logical id that becomes another type',
      stacks: shop({ Thing: queue() }),
      options: live(shop({ Thing: table('orders') })),
      told: ['Shop/Thing: Thing is a AWS::DynamoDB::Table in the live stack, and a AWS::SQS::Queue in the template.'],
    },
    {
      code: 'PF193',
      name: 'a logical id that is gone, beside one that is new',
      stacks: shop({ Thing: queue() }),
      options: live(shop({ Topic: { Type: 'AWS::SNS::Topic' } })),
    },
  ],
);
