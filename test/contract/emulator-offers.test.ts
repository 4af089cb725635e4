import { DescribeInstanceTypeOfferingsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../emulator/emulator.ts';
import { createReadings } from '../../engine/src/aws/readings.ts';
import { known } from '../../engine/src/answer.ts';

const account = '311111111111';
const region = 'us-west-2';
let emulator: Emulator;
let connection: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
beforeAll(async () => {
  emulator = await startEmulator();
  connection = { endpoint: emulator.endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'test' } };
});
afterAll(() => emulator?.stop());

/** The readings that the checks of single services ask, on the emulator. */
const readings = () => createReadings({ ...connection } as never, async () => account);

describe('what a service offers', () => {
  test('versions come with what they can be upgraded to, and whether that is a major one', async () => {
    const answer = await readings().engineVersions({ engine: 'postgres' });
    const targets = answer.kind === 'known' ? answer.value.get('16.4') : undefined;
    expect(targets).toContainEqual({ version: '16.8', isMajor: false });
    expect(targets).toContainEqual({ version: '17.4', isMajor: true });
    expect(targets?.map((t) => t.version)).not.toContain('15.12');
  });

  test('a class is offered in its zones, one that does not exist nowhere', async () => {
    const of = { engine: 'postgres', version: '16.4' };
    expect(await readings().databaseZones({ ...of, instanceClass: 'db.t4g.micro' })).toEqual(
      known(['us-west-2a', 'us-west-2b', 'us-west-2c']),
    );
    expect(await readings().databaseZones({ ...of, instanceClass: 'db.t1.micro' })).toEqual(known([]));
  });

  test('a type of instances is offered in its zones, one that does not exist nowhere', async () => {
    expect(await readings().instanceZones({ instanceType: 'm7g.large' })).toEqual(known(['us-west-2a', 'us-west-2b', 'us-west-2c']));
    expect(await readings().instanceZones({ instanceType: 'm99.large' })).toEqual(known([]));
    const { InstanceTypeOfferings } = await new EC2Client(connection).send(new DescribeInstanceTypeOfferingsCommand({}));
    expect(InstanceTypeOfferings).toEqual([]);
  });
});

describe('what is there', () => {
  test('an image by its tag; another tag and another repository are absent', async () => {
    const ecr = new ECRClient(connection);
    await ecr.send(new CreateRepositoryCommand({ repositoryName: 'shop' }));
    await ecr.send(new PutImageCommand({ repositoryName: 'shop', imageTag: 'v1', imageManifest: '{"schemaVersion":2}' }));
    expect(await readings().image({ repository: 'shop', tag: 'v1' })).toMatchObject({
      value: { mediaType: expect.stringContaining('manifest') },
    });
    expect(await readings().image({ repository: 'shop', tag: 'v2' })).toEqual(known(undefined));
    expect(await readings().image({ repository: 'market', tag: 'v1' })).toEqual(known(undefined));
  });

  test('an object by its whole key', async () => {
    const s3 = new S3Client({ ...connection, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'shop-code', CreateBucketConfiguration: { LocationConstraint: region } }));
    await s3.send(new PutObjectCommand({ Bucket: 'shop-code', Key: 'api.zip.sig', Body: 'x' }));
    const find = (bucket: string, key: string) => readings().object({ bucket, key });
    expect(await find('shop-code', 'api.zip')).toEqual(known('absent'));
    expect(await find('shop-code', 'api.zip.sig')).toEqual(known('present'));
    expect(await find('shop-codes', 'api.zip')).toEqual(known('bucketless'));
    expect(await readings().publicPolicyBlock({ bucket: 'shop-code' })).toEqual(known(false));
  });

  test('what nobody made is absent, and no error', async () => {
    const arn = `arn:aws:acm:${region}:${account}:certificate/00000000-0000-0000-0000-000000000000`;
    expect(await readings().certificate({ arn })).toEqual(known(undefined));
    expect(await readings().functionPolicy({ name: 'nobody' })).toEqual(known(undefined));
    expect(await readings().apiLogsRole({})).toEqual(known(undefined));
    expect(await readings().subnets({ vpc: 'vpc-00000000' })).toEqual(known([]));
    expect(await readings().groupRules({ group: 'sg-00000000' })).toEqual(known([]));
  });
});
