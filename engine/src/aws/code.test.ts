import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { createWire } from '../../../test/fakes/wire.ts';
import { known } from '../answer.ts';
import { createCodeChanges } from './code-changes.ts';
import { createCodeReadings } from './code-readings.ts';
import { createDriftDetector } from './drift-detector.ts';

/* What mode code and drift ask of AWS, in answers of the shapes that AWS documents. */
const missing = (name: string, status = 400) => ({ status, body: { __type: name, message: 'no' } });
const service = { cluster: 'main', service: 'api' };

describe('reading', () => {
  test('a service gives its revision, who releases it and how; what it does not say is as ECS has it', async () => {
    const deployments = [{ status: 'PRIMARY', taskDefinition: 'd:2', rolloutState: 'IN_PROGRESS', failedTasks: 1 }];
    const full = {
      serviceArn: 'a',
      status: 'ACTIVE',
      deploymentController: { type: 'ECS' },
      deploymentConfiguration: { strategy: 'CANARY', deploymentCircuitBreaker: { enable: true, rollback: true } },
      taskDefinition: 'd:2',
      desiredCount: 2,
      runningCount: 1,
      deployments,
    };
    const answers = [{ body: { services: [full] } }, { body: { services: [{ status: 'ACTIVE' }] } }, { body: { services: [] } }];
    const { serviceCode } = createCodeReadings(createWire([...answers, missing('ClusterNotFoundException')]));
    expect(await serviceCode(service)).toMatchObject(
      known({
        strategy: 'CANARY',
        hasBreaker: true,
        taskDefinition: 'd:2',
        deployments: [{ status: 'PRIMARY', taskDefinition: 'd:2', rollout: 'IN_PROGRESS', reason: '', failed: 1 }],
      }),
    );
    expect(await serviceCode(service)).toMatchObject(known({ controller: 'ECS', strategy: 'ROLLING', hasBreaker: false }));
    expect([await serviceCode(service), await serviceCode(service)]).toEqual([known(undefined), known(undefined)]);
  });

  test('tasks give the digests of their images, as far as ECS tells them', async () => {
    const containers = [
      { name: 'app', image: 'shop:2', imageDigest: 'sha256:1' },
      { name: 'agent', image: 'otel:9' },
    ];
    const answers = [{ body: { taskArns: ['t'] } }, { body: { tasks: [{ taskDefinitionArn: 'd:2', containers }] } }, { body: {} }];
    const { runningTasks } = createCodeReadings(createWire(answers));
    expect(await runningTasks(service)).toEqual(
      known([
        {
          taskDefinition: 'd:2',
          containers: [
            { name: 'app', image: 'shop:2', digest: 'sha256:1' },
            { name: 'agent', image: 'otel:9', digest: '' },
          ],
        },
      ]),
    );
    expect(await runningTasks(service)).toEqual(known([]));
  });

  test('a function gives its state, its code and its aliases; one that is not there is not there', async () => {
    const f = {
      FunctionArn: 'a',
      State: 'Active',
      LastUpdateStatus: 'Failed',
      LastUpdateStatusReason: 'why',
      CodeSha256: 's',
      RevisionId: 'r',
    };
    const alias = { Name: 'live', FunctionVersion: '3', RevisionId: 'x', RoutingConfig: { AdditionalVersionWeights: { 4: 0.1 } } };
    const answers = [
      { body: f },
      { body: { Aliases: [alias] } },
      { body: { Tags: { a: 'b' } } },
      missing('ResourceNotFoundException', 404),
    ];
    const readings = createCodeReadings(createWire(answers));
    expect(await readings.functionCode({ name: 'f' })).toMatchObject(
      known({ update: 'Failed', reason: 'why', sha256: 's', packageType: 'Zip' }),
    );
    expect(await readings.functionAliases({ name: 'f' })).toEqual(known([{ name: 'live', version: '3', revision: 'x', isShifting: true }]));
    expect(await readings.functionTags({ arn: 'a' })).toEqual(known({ a: 'b' }));
    expect(await readings.functionCode({ name: 'f' })).toEqual(known(undefined));
  });
});

describe('changing', () => {
  test('a revision differs in images and in its note alone', async () => {
    const seen: string[] = [];
    const containerDefinitions = [
      { name: 'app', image: 'shop:1', cpu: 3 },
      { name: 'agent', image: 'otel:9' },
    ];
    const taskDefinition = {
      taskDefinitionArn: 'd:1',
      family: 'd',
      revision: 1,
      status: 'ACTIVE',
      registeredBy: 'me',
      cpu: '256',
      containerDefinitions,
    };
    const tags = [
      { key: 'team', value: 'a' },
      { key: 'aws:cloudformation:stack-name', value: 'Shop' },
      { key: 'spaceport:code', value: 'before' },
    ];
    const wire = createWire([{ body: { taskDefinition, tags } }, { body: { taskDefinition: { taskDefinitionArn: 'd:2' } } }], seen);
    expect(await createCodeChanges(wire).revise({ taskDefinition: 'd:1', images: { app: 'shop:2' }, note: 'now' })).toEqual(known('d:2'));
    expect(JSON.parse(seen[1] ?? '')).toEqual({
      family: 'd',
      cpu: '256',
      containerDefinitions: [
        { name: 'app', image: 'shop:2', cpu: 3 },
        { name: 'agent', image: 'otel:9' },
      ],
      tags: [
        { key: 'team', value: 'a' },
        { key: 'spaceport:code', value: 'now' },
      ],
    });
  });

  test('a circuit breaker is turned on beside all else that the service has set', async () => {
    const seen: string[] = [];
    const deploymentConfiguration = { maximumPercent: 150, minimumHealthyPercent: 50 };
    const wire = createWire([{ body: { services: [{ deploymentConfiguration }] } }, { body: {} }], seen);
    await createCodeChanges(wire).setBreaker({ ...service, isOn: true });
    expect(JSON.parse(seen[1] ?? '')).toEqual({
      ...service,
      deploymentConfiguration: { ...deploymentConfiguration, deploymentCircuitBreaker: { enable: true, rollback: true } },
    });
  });

  test('a function that is at another revision is not changed', async () => {
    const wire = createWire([
      missing('PreconditionFailedException', 412),
      { body: { CodeSha256: 's' } },
      missing('PreconditionFailedException', 412),
    ]);
    const { replace, shift } = createCodeChanges(wire);
    const code = { kind: 'object', bucket: 'b', key: 'k' } as const;
    expect(await replace({ name: 'f', code, revision: 'r' })).toEqual(known('changed'));
    expect(await replace({ name: 'f', code })).toEqual(known({ sha256: 's' }));
    expect(await shift({ name: 'f', alias: 'live', version: '4', revision: 'r' })).toEqual(known('changed'));
  });

  test('what a function is made of is its image by digest, or its ZIP', async () => {
    const server: Server = createServer((request, response) => response.writeHead(request.url === '/code' ? 200 : 403).end('zipped'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const image = { ImageUri: 'shop:1', ResolvedImageUri: 'shop@sha256:1' };
    const answers = [image, { Location: `${url}/code` }, { Location: `${url}/expired` }].map((Code) => ({ body: { Code } }));
    const { packageOf } = createCodeChanges(createWire(answers));
    expect(await packageOf({ name: 'f' })).toEqual(known({ kind: 'image', uri: 'shop@sha256:1' }));
    expect(await packageOf({ name: 'f' })).toMatchObject(known({ kind: 'zip', bytes: Buffer.from('zipped') }));
    expect(await packageOf({ name: 'f' })).toMatchObject({ kind: 'unknown', because: { message: 'it is answered with 403' } });
    await new Promise((done) => server.close(done));
  });
});

test('drift is started, awaited and listed with its differences', async () => {
  const xml = (action: string, text: string) => ({
    body: `<${action}Response><${action}Result>${text}</${action}Result></${action}Response>`,
  });
  const drift = `<member><StackId>s</StackId><LogicalResourceId>Queue</LogicalResourceId><PhysicalResourceId>q</PhysicalResourceId>
    <ResourceType>AWS::SQS::Queue</ResourceType><StackResourceDriftStatus>MODIFIED</StackResourceDriftStatus><Timestamp>2026-11-21T10:00:00Z</Timestamp>
    <PropertyDifferences><member><PropertyPath>/DelaySeconds</PropertyPath><ExpectedValue>0</ExpectedValue><ActualValue>5</ActualValue>
    <DifferenceType>NOT_EQUAL</DifferenceType></member></PropertyDifferences></member>`;
  const status = (text: string) => xml('DescribeStackDriftDetectionStatus', text);
  const detector = createDriftDetector(
    createWire([
      xml('DetectStackDrift', '<StackDriftDetectionId>d</StackDriftDetectionId>'),
      status('<DetectionStatus>DETECTION_IN_PROGRESS</DetectionStatus>'),
      status('<DetectionStatus>DETECTION_COMPLETE</DetectionStatus>'),
      status('<DetectionStatus>DETECTION_FAILED</DetectionStatus><DetectionStatusReason>no</DetectionStatusReason>'),
      xml('DescribeStackResourceDrifts', `<StackResourceDrifts>${drift}</StackResourceDrifts>`),
    ]),
  );
  expect(await detector.start({ stack: 'Shop' })).toEqual(known('d'));
  expect([await detector.status({ id: 'd' }), await detector.status({ id: 'd' }), await detector.status({ id: 'd' })]).toEqual([
    known({ kind: 'running' }),
    known({ kind: 'done' }),
    known({ kind: 'partly', reason: 'no' }),
  ]);
  expect(await detector.drifted({ stack: 'Shop' })).toEqual(
    known([
      {
        logicalId: 'Queue',
        type: 'AWS::SQS::Queue',
        physicalId: 'q',
        status: 'MODIFIED',
        differences: [{ path: '/DelaySeconds', expected: '0', actual: '5' }],
      },
    ]),
  );
});
