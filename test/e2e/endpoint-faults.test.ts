import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { CallFault } from '../../emulator/emulator.ts';
import { bucket, queue, toAssemblyFiles } from '../fakes/assembly.ts';
import { account, createStage, region, type Stage } from './stage.ts';

const taken = 'files-of-somebody-else-1';
const filler = Object.fromEntries(
  Array.from({ length: 190 }, (_, i) => [`Queue${i}`, { ...queue(), Metadata: { note: 'x'.repeat(5_600) } }]),
);

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({
    ...toAssemblyFiles('taken', { Shop: { resources: { Files: bucket(taken), Queue: queue() } } }),
    ...toAssemblyFiles('good', { Shop: { resources: { Files: bucket('files-of-the-shop-1') } } }),
    ...toAssemblyFiles('large', { Shop: { resources: { ...filler, Files: bucket(taken) } } }),
  });
  const client = { region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: account, secretAccessKey: 'test' } };
  const order = { Bucket: taken, CreateBucketConfiguration: { LocationConstraint: region } } as const;
  await new S3Client({ ...client, forcePathStyle: true }).send(new CreateBucketCommand(order));
});
afterAll(() => stage?.end());
afterEach(() => stage?.emulator.setFaults([]));

const look = (folder: string, inputs: Readonly<Record<string, string>> = {}) => stage.run('preflight', { 'cdk-out': folder, ...inputs });

/** Faults of one service: who asks it is not told, and everybody else is. */
const faults: readonly (readonly [string, Omit<CallFault, 'call'>, RegExp])[] = [
  ['answers 500', { status: 500 }, /ssm:GetParameter failed/],
  ['throttles', { status: 400, code: 'ThrottlingException' }, /ssm:GetParameter was throttled/],
  ['closes in the middle of its answer', { cut: true }, /ssm:GetParameter got no answer \(aborted/],
  ['hangs', { delayMs: 90_000 }, /ssm:GetParameter got no answer/],
];

describe('an endpoint that', () => {
  test.each(faults)(
    '%s is a check that was not run; the others are',
    async (_name, fault, says) => {
      await stage.emulator.setFaults([{ call: 'ssm:GetParameter', times: -1, ...fault }]);
      const { code, outputs, log } = await look('taken', { 'fail-on': 'never' });
      expect({ code, outputs, log }).toMatchObject({ code: 0, outputs: { verdict: 'blocked', errors: '1', 'not-run': '1' } });
      expect(log).toMatch(/PF120 .*files-of-somebody-else-1 exists/);
      expect(log).toMatch(new RegExp(`PF001 .*bootstrap of ${account}/${region}: ${says.source}`));
    },
    60_000,
  );

  test('throttles at first is answered in the end, and nothing is told of it', async () => {
    await stage.emulator.setFaults([{ call: 'ssm:GetParameter', times: 2, status: 400, code: 'ThrottlingException' }]);
    expect((await look('good')).outputs).toMatchObject({ verdict: 'ready', errors: '0', 'not-run': '0' });
  });

  test('fails a step that is to fail on warnings, and no other', async () => {
    await stage.emulator.setFaults([{ call: 'ssm:GetParameter', times: -1, status: 500 }]);
    expect([(await look('good')).code, (await look('good', { 'fail-on': 'warning' })).code]).toEqual([0, 1]);
  });

  test('hangs when it is asked who calls is told as unreachable', async () => {
    await stage.emulator.setFaults([{ call: 'sts:GetCallerIdentity', times: -1, delayMs: 90_000 }]);
    const { code, log } = await look('good');
    expect(code).toBe(1);
    expect(log).toMatch(/RT044 .*does not answer/);
  }, 60_000);
});

test('a template that is larger than CloudFormation takes is told, and is checked all the same', async () => {
  const { code, outputs, log } = await look('large');
  expect({ code, outputs }).toMatchObject({ code: 1, outputs: { verdict: 'blocked' } });
  expect(log).toMatch(/PF230 .*Shop/);
  expect(log).toMatch(/PF120 .*files-of-somebody-else-1 exists/);
});
