import { judgeName, nameProperty, nameRules, regionalName } from './names.ts';

const long = (count: number, part = 'a'): string => part.repeat(count);

const bucket = 'AWS::S3::Bucket';
const parameter = 'AWS::SSM::Parameter';
const loadBalancer = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const database = 'AWS::RDS::DBInstance';
const domain = 'AWS::Cognito::UserPoolDomain';

test.each<[why: string, type: string, name: string]>([
  ['a documented bucket', bucket, 'spaceport-uploads-prod'],
  ['the shortest bucket', bucket, 'a-1'],
  ['the longest bucket', bucket, long(63)],
  ['a bucket with dots', bucket, 'www.example.com'],
  ['a bucket with five numbers', bucket, '192.168.5.4.1'],
  ['a bucket with letters in its last number', bucket, '192.168.5.4a'],
  ['a bucket with xn-- inside', bucket, 'a-xn--b'],
  ['a bucket that starts with sthree and no hyphen', bucket, 'sthree'],
  ['a bucket with a reserved end in its middle', bucket, 'a-s3alias-b'],
  ['a bucket with mrap as an end without its dot', bucket, 'amrap'],
  ['a bucket with one hyphen before x-s3', bucket, 'a-x-s3'],
  ['a bucket that ends with an and no hyphen before', bucket, 'plan'],
  ["a bucket of an account's regional namespace", bucket, 'uploads-111111111111-us-west-2-an'],
  ['a documented table', 'AWS::DynamoDB::Table', 'Spaceport-FileMetadata-prod'],
  ['a table with all that is allowed', 'AWS::DynamoDB::Table', 'a.B_9-'],
  ['a documented repository', 'AWS::ECR::Repository', 'spaceport/3dgs-prod'],
  ['a repository with several levels', 'AWS::ECR::Repository', 'a/b.c/d_e'],
  ['the longest role', 'AWS::IAM::Role', long(64)],
  ['a role with signs', 'AWS::IAM::Role', 'a+=,.@-_'],
  ['a policy longer than a role may be', 'AWS::IAM::ManagedPolicy', long(128)],
  ['a user', 'AWS::IAM::User', 'ops@example.com'],
  ['the longest function', 'AWS::Lambda::Function', long(64)],
  ['an alias with a letter', 'AWS::Lambda::Alias', '1a'],
  ['an alarm with spaces', 'AWS::CloudWatch::Alarm', 'Latency (p99) > 1 s'],
  ["a function's log group", 'AWS::Logs::LogGroup', '/aws/lambda/Spaceport-FileMetadata-prod'],
  ['a FIFO queue', 'AWS::SQS::Queue', 'jobs.fifo'],
  ['the longest queue', 'AWS::SQS::Queue', long(80)],
  ['a topic', 'AWS::SNS::Topic', 'alerts_prod'],
  ['a state machine with a letter of another script', 'AWS::StepFunctions::StateMachine', 'Straße-prod'],
  ['a user pool with spaces', 'AWS::Cognito::UserPool', 'Spaceport Users'],
  ['a prefix domain', domain, 'spaceport-prod'],
  ['a full domain with cognito in it', domain, 'cognito.example.com'],
  ['an API with spaces', 'AWS::ApiGatewayV2::Api', 'Drone path (prod)'],
  ['an event rule', 'AWS::Events::Rule', 'nightly.run_1-a'],
  ['an event bus whose name starts with default', 'AWS::Events::EventBus', 'default-2'],
  ['a key alias', 'AWS::KMS::Alias', 'alias/spaceport/prod'],
  ['a key alias that starts with aws and no slash', 'AWS::KMS::Alias', 'alias/awsome'],
  ['a parameter without levels', parameter, 'spaceport.prod'],
  ['a parameter with 15 levels', parameter, long(15, '/a')],
  ['a parameter with aws further on', parameter, '/spaceport/aws'],
  ['a stack', 'AWS::CloudFormation::Stack', 'SpaceportMLPipelineProdStack'],
  ['a cluster', 'AWS::ECS::Cluster', 'spaceport_prod-1'],
  ['a service', 'AWS::ECS::Service', 'web'],
  ['the longest load balancer', loadBalancer, long(32)],
  ['a load balancer that starts with internal and no hyphen', loadBalancer, 'internal'],
  ['the longest database', database, long(63)],
  ['a database with hyphens', database, 'a-b-c'],
  ['a secret', 'AWS::SecretsManager::Secret', 'spaceport/prod+db=1@x'],
  ['any name of a type without a rule', 'AWS::Made::Up', ' '],
  ['any name of a type that is a name of every object', 'constructor', ' '],
])('%s is allowed', (_, type, name) => {
  expect(judgeName(type, name)).toEqual([]);
});

test.each<[why: string, type: string, name: string, problems: readonly (string | RegExp)[]]>([
  ['a bucket of two characters', bucket, 'ab', ['it has 2 characters, and 3 to 63 are allowed']],
  ['a bucket of 64 characters', bucket, long(64), [/64 characters/]],
  ['a bucket with a capital letter', bucket, 'Uploads', [/only lowercase letters/]],
  ['a bucket with an underscore', bucket, 'up_loads', [/only lowercase letters/]],
  ['a bucket with a hyphen first', bucket, '-uploads', [/only lowercase letters/]],
  ['a bucket with a dot last', bucket, 'uploads.', [/only lowercase letters/]],
  ['a bucket with two dots in a row', bucket, 'a..b', ['it has two dots in a row']],
  ['a bucket like an IP address', bucket, '192.168.5.4', ['it has the form of an IP address']],
  ['a bucket that starts with xn--', bucket, 'xn--a', ['it starts with xn--, which AWS reserves']],
  ['a bucket that starts with sthree-', bucket, 'sthree-configurator', [/sthree-/]],
  ['a bucket that starts with amzn-s3-demo-', bucket, 'amzn-s3-demo-a', [/amzn-s3-demo-/]],
  ['a bucket that ends with -s3alias', bucket, 'a-s3alias', [/-s3alias/]],
  ['a bucket that ends with --ol-s3', bucket, 'a--ol-s3', [/--ol-s3/]],
  ['a bucket that ends with .mrap', bucket, 'a.mrap', [/\.mrap/]],
  ['a bucket that ends with --x-s3', bucket, 'a--usw2-az1--x-s3', [/--x-s3/]],
  ['a bucket that ends with --table-s3', bucket, 'a--table-s3', [/--table-s3/]],
  ["a bucket that ends with -an outside of an account's namespace", bucket, 'uploads-an', [/regional namespace/]],
  ['a bucket with everything wrong', bucket, 'xn--A..b-s3alias', [/only lowercase/, /two dots/, /xn--/, /-s3alias/]],
  ['a table of two characters', 'AWS::DynamoDB::Table', 'ab', [/3 to 255/]],
  ['a table with a slash', 'AWS::DynamoDB::Table', 'a/b', [/only letters/]],
  ['a repository with a capital letter', 'AWS::ECR::Repository', 'Spaceport/sfm', [/lowercase/]],
  ['a repository with two slashes', 'AWS::ECR::Repository', 'a//b', [/single/]],
  ['a role of 65 characters', 'AWS::IAM::Role', long(65), [/1 to 64/]],
  ['a role with a space', 'AWS::IAM::Role', 'a b', [/only letters/]],
  ['a role with a slash', 'AWS::IAM::Role', 'a/b', [/only letters/]],
  ['a function with a dot', 'AWS::Lambda::Function', 'a.b', [/only letters/]],
  ['a function without a name', 'AWS::Lambda::Function', '', ['it has 0 characters, and 1 to 64 are allowed']],
  ['an alias of digits', 'AWS::Lambda::Alias', '12', ['it has digits only']],
  ['an alarm with a line break', 'AWS::CloudWatch::Alarm', 'a\nb', [/control/]],
  ['a log group with a space', 'AWS::Logs::LogGroup', 'a b', [/only letters/]],
  ['a log group that starts with aws/', 'AWS::Logs::LogGroup', 'aws/a', [/reserves/]],
  ['a queue with fifo in its middle', 'AWS::SQS::Queue', 'a.fifo.b', [/only letters/]],
  ['a queue of 81 characters with its end', 'AWS::SQS::Queue', `${long(76)}.fifo`, [/81 characters/]],
  ['a topic with a dot', 'AWS::SNS::Topic', 'a.b', [/only letters/]],
  ['a state machine with a colon', 'AWS::StepFunctions::StateMachine', 'a:b', [/other than spaces/]],
  ['a user pool with an exclamation mark', 'AWS::Cognito::UserPool', 'a!', [/only letters/]],
  ['a prefix domain with aws inside', domain, 'my-aws-app', [/aws, amazon or cognito/]],
  ['an API of 129 characters', 'AWS::ApiGatewayV2::Api', long(129), [/1 to 128/]],
  ['an event rule with a slash', 'AWS::Events::Rule', 'a/b', [/only letters/]],
  ['the event bus that every account has', 'AWS::Events::EventBus', 'default', [/reserves/]],
  ['a key alias without its beginning', 'AWS::KMS::Alias', 'spaceport', [/alias\//]],
  ["an alias of AWS's own keys", 'AWS::KMS::Alias', 'alias/aws/s3', [/reserves/]],
  ['a parameter that starts with aws', parameter, 'AwsThing', [/reserves/]],
  ['a parameter below /ssm', parameter, '/ssm/a', [/reserves/]],
  ['a parameter with levels and no first slash', parameter, 'a/b', [/no \/ at the start/]],
  ['a parameter with 16 levels', parameter, long(16, '/a'), [/15 levels/]],
  ['a stack with a digit first', 'AWS::CloudFormation::Stack', '1Stack', [/letter first/]],
  ['a stack with an underscore', 'AWS::CloudFormation::Stack', 'My_Stack', [/letter first/]],
  ['a cluster with a dot', 'AWS::ECS::Cluster', 'a.b', [/only letters/]],
  ['a load balancer of 33 characters', loadBalancer, long(33), [/1 to 32/]],
  ['a load balancer with a hyphen last', loadBalancer, 'web-', [/no hyphen/]],
  ['a load balancer that starts with internal-', loadBalancer, 'internal-web', [/reserves/]],
  ['a target group with an underscore', 'AWS::ElasticLoadBalancingV2::TargetGroup', 'a_b', [/only letters/]],
  ['a database with two hyphens', database, 'a--b', [/single hyphens/]],
  ['a database with a hyphen last', database, 'a-', [/no hyphen at the end/]],
  ['a database with a digit first', database, '1a', [/letter first/]],
  ['a secret with a space', 'AWS::SecretsManager::Secret', 'a b', [/only letters/]],
])('%s is not allowed', (_, type, name, problems) => {
  expect(judgeName(type, name)).toEqual(
    problems.map((problem) => (typeof problem === 'string' ? problem : expect.stringMatching(problem))),
  );
});

test('counts characters, not the code units of their encoding', () => {
  expect(judgeName('AWS::CloudWatch::Alarm', long(255, '🚀'))).toEqual([]);
});

test.each<[why: string, type: string, property: string | undefined]>([
  ['a bucket', bucket, 'BucketName'],
  ['a database', database, 'DBInstanceIdentifier'],
  ['a type without a rule', 'AWS::Made::Up', undefined],
  ['a type that is a name of every object', 'toString', undefined],
])('gives the property with the name of %s', (_, type, property) => {
  expect(nameProperty(type)).toBe(property);
});

test.each(Object.entries(nameRules))('%s has limits in order and a page of AWS as its source', (_, { min, max, source, allowed }) => {
  expect(min).toBeGreaterThan(0);
  expect(max).toBeGreaterThanOrEqual(min);
  expect(allowed).not.toBe('');
  expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/[\w/.-]+\.html$/);
});

describe('the name for a region', () => {
  const first = { region: 'us-west-2', firstRegion: 'us-west-2' };
  const further = { region: 'eu-west-1', firstRegion: 'us-west-2' };

  test.each<[why: string, type: string, name: string, at: typeof first, expected: string]>([
    ['stays for a bucket in the first region', bucket, 'uploads', first, 'uploads'],
    ['gets the region for a bucket in a further one', bucket, 'uploads', further, 'uploads-eu-west-1'],
    ['gets the region for a role in a further one', 'AWS::IAM::Role', 'Role', further, 'Role-eu-west-1'],
    ['stays for a table in a further one', 'AWS::DynamoDB::Table', 'Table', further, 'Table'],
    ['stays for an API, whose name need not be unique', 'AWS::ApiGatewayV2::Api', 'api', further, 'api'],
    ['stays for a type without a rule', 'AWS::Made::Up', 'x', further, 'x'],
  ])('%s', (_, type, name, at, expected) => {
    expect(regionalName(type, name, at)).toBe(expected);
  });
});
