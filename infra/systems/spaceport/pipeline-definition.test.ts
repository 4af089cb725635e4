import { toPipelineDefinition } from './pipeline-definition.ts';

interface State {
  readonly Next?: string;
  readonly End?: boolean;
  readonly Type: string;
  readonly Resource?: string;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly MaxAttempts: number }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

const machine = { instanceType: 'ml.g5.xlarge', volumeGb: 50, longestHours: 2 };
const { StartAt, States } = toPipelineDefinition({
  jobPrefix: 'spaceport-prod',
  sfm: { image: 'registry/sfm:1', machine },
  gaussians: { image: 'registry/3dgs:1', machine },
  uploadsBucket: 'uploads',
  processingBucket: 'processing',
  sageMakerRoleArn: 'role',
  notificationArn: 'function',
  tags: { system: 'spaceport' },
}) as { readonly StartAt: string; readonly States: Readonly<Record<string, State>> };

test('structure from motion comes first, then 3D Gaussian splatting, then word of it', () => {
  const way: string[] = [];
  for (let name: string | undefined = StartAt; name; name = States[name]?.Next) way.push(name);
  expect(way).toEqual(['StructureFromMotion', 'GaussianSplatting', 'TellSuccess']);
  expect(States['StructureFromMotion']?.Resource).toBe('arn:aws:states:::sagemaker:createProcessingJob.sync');
  expect(States['GaussianSplatting']?.Resource).toBe('arn:aws:states:::sagemaker:createTrainingJob.sync');
});

test.each(['StructureFromMotion', 'GaussianSplatting'])(
  '%s is tried again, and what fails for good is told before the execution fails',
  (name) => {
    const { Retry = [], Catch } = States[name] ?? {};
    expect(Retry.map(({ MaxAttempts }) => MaxAttempts)).toEqual([5, 1]);
    expect(Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'TellFailure' }]);
    expect(States['TellFailure']?.Next).toBe('Failed');
    expect(States['Failed']?.Type).toBe('Fail');
  },
);

test('an execution fails even when nobody can be told', () => {
  expect(States['TellFailure']?.Catch).toEqual([expect.objectContaining({ ErrorEquals: ['States.ALL'], Next: 'Failed' })]);
});

test('every state that is named is there', () => {
  const named = Object.values(States).flatMap(({ Next, Catch = [] }) => [...(Next ? [Next] : []), ...Catch.map((c) => c.Next)]);
  expect(named.filter((name) => !(name in States))).toEqual([]);
});

test("the second step reads what the first wrote, in the job's own folder", () => {
  const folder = "States.Format('s3://processing/jobs/{}/sfm/', $.jobId)";
  expect(JSON.stringify(States['StructureFromMotion']?.Parameters)).toContain(folder);
  expect(JSON.stringify(States['GaussianSplatting']?.Parameters)).toContain(folder);
});

test('the longest name that a job can get is short enough for SageMaker', () => {
  expect(`spaceport-staging-3dgs-${'a'.repeat(32)}-10`.length).toBeLessThanOrEqual(63);
});

test('the images run without a network', () => {
  expect(States['StructureFromMotion']?.Parameters).toMatchObject({ NetworkConfig: { EnableNetworkIsolation: true } });
  expect(States['GaussianSplatting']?.Parameters).toMatchObject({ EnableNetworkIsolation: true });
});
