import type { PipelineMachine } from '../../environments/spaceport.ts';

/** One step of the pipeline: the image it runs and the machine it runs on. */
export interface PipelineStep {
  readonly image: string;
  readonly machine: PipelineMachine;
}

/** What the pipeline is made of; names of buckets, ARNs of the role and the function. */
export interface PipelineParts {
  /** Jobs are called after it, and the pipeline's role may touch no others. */
  readonly jobPrefix: string;
  readonly sfm: PipelineStep;
  readonly gaussians: PipelineStep;
  readonly uploadsBucket: string;
  readonly processingBucket: string;
  readonly sageMakerRoleArn: string;
  readonly notificationArn: string;
  readonly tags: Readonly<Record<string, string>>;
}

type State = Readonly<Record<string, unknown>>;

/**
 * Gives the ML pipeline in Amazon States Language: structure from motion, then 3D Gaussian splatting, then word of the result.
 *
 * Its input is a job: `jobId`, `userId`, `projectId` and `key`. What fails after its retries is told and fails the execution.
 *
 * @source https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export function toPipelineDefinition(parts: PipelineParts): Readonly<Record<string, unknown>> {
  return {
    Comment: 'From the photographs of a flight to a scene of 3D Gaussians',
    StartAt: 'StructureFromMotion',
    States: {
      StructureFromMotion: {
        ...toTask('createProcessingJob', parts.sfm.machine),
        Parameters: toProcessingJob(parts),
        Next: 'GaussianSplatting',
      },
      GaussianSplatting: { ...toTask('createTrainingJob', parts.gaussians.machine), Parameters: toTrainingJob(parts), Next: 'TellSuccess' },
      TellSuccess: toNotification(parts, { outcome: 'succeeded', 'resultUri.$': folderOf(parts, '3dgs') }, { End: true }),
      TellFailure: toNotification(
        parts,
        { outcome: 'failed', 'error.$': '$.error' },
        { Next: 'Failed', Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.untold', Next: 'Failed' }] },
      ),
      Failed: { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
    },
  };
}

/** A job that is waited for. What SageMaker could not take on is asked for again for half an hour, and what failed, once more. */
function toTask(call: string, { longestHours }: PipelineMachine): State {
  return {
    Type: 'Task',
    Resource: `arn:aws:states:::sagemaker:${call}.sync`,
    // Beyond the job's own limit, for the time that it waits for its machine.
    TimeoutSeconds: longestHours * 3600 + 1800,
    ResultPath: null,
    Retry: [
      {
        ErrorEquals: ['SageMaker.AmazonSageMakerException', 'SageMaker.ResourceLimitExceededException', 'SageMaker.ThrottlingException'],
        IntervalSeconds: 60,
        MaxAttempts: 5,
        BackoffRate: 2,
        JitterStrategy: 'FULL',
      },
      { ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 30, MaxAttempts: 1, BackoffRate: 1 },
    ],
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'TellFailure' }],
  };
}

/** A job's name is taken once and for all, so each attempt has one of its own. */
const nameOf = ({ jobPrefix }: PipelineParts, step: string): string =>
  `States.Format('${jobPrefix}-${step}-{}-{}', $.jobId, $$.State.RetryCount)`;

const folderOf = ({ processingBucket }: PipelineParts, step: string): string =>
  `States.Format('s3://${processingBucket}/jobs/{}/${step}/', $.jobId)`;

const toTags = ({ tags }: PipelineParts): readonly State[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

function toProcessingJob(parts: PipelineParts): State {
  const { sfm, uploadsBucket, sageMakerRoleArn } = parts;
  const { instanceType, volumeGb, longestHours } = sfm.machine;
  const S3Input = {
    'S3Uri.$': `States.Format('s3://${uploadsBucket}/{}', $.key)`,
    LocalPath: '/opt/ml/processing/input',
    S3DataType: 'S3Prefix',
    S3InputMode: 'File',
  };
  const S3Output = { 'S3Uri.$': folderOf(parts, 'sfm'), LocalPath: '/opt/ml/processing/output', S3UploadMode: 'EndOfJob' };
  return {
    'ProcessingJobName.$': nameOf(parts, 'sfm'),
    AppSpecification: { ImageUri: sfm.image },
    ProcessingInputs: [{ InputName: 'photographs', S3Input }],
    ProcessingOutputConfig: { Outputs: [{ OutputName: 'points', S3Output }] },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: instanceType, VolumeSizeInGB: volumeGb } },
    StoppingCondition: { MaxRuntimeInSeconds: longestHours * 3600 },
    NetworkConfig: { EnableNetworkIsolation: true },
    RoleArn: sageMakerRoleArn,
    Tags: toTags(parts),
  };
}

function toTrainingJob(parts: PipelineParts): State {
  const { gaussians, sageMakerRoleArn } = parts;
  const { instanceType, volumeGb, longestHours } = gaussians.machine;
  const S3DataSource = { S3DataType: 'S3Prefix', 'S3Uri.$': folderOf(parts, 'sfm'), S3DataDistributionType: 'FullyReplicated' };
  return {
    'TrainingJobName.$': nameOf(parts, '3dgs'),
    AlgorithmSpecification: { TrainingImage: gaussians.image, TrainingInputMode: 'File' },
    InputDataConfig: [{ ChannelName: 'points', DataSource: { S3DataSource } }],
    OutputDataConfig: { 'S3OutputPath.$': folderOf(parts, '3dgs') },
    ResourceConfig: { InstanceCount: 1, InstanceType: instanceType, VolumeSizeInGB: volumeGb },
    StoppingCondition: { MaxRuntimeInSeconds: longestHours * 3600 },
    EnableNetworkIsolation: true,
    RoleArn: sageMakerRoleArn,
    Tags: toTags(parts),
  };
}

function toNotification({ notificationArn }: PipelineParts, told: State, after: State): State {
  const Payload = { 'jobId.$': '$.jobId', 'userId.$': '$.userId', 'projectId.$': '$.projectId', ...told };
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: notificationArn, Payload },
    ResultPath: null,
    TimeoutSeconds: 60,
    Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 4, BackoffRate: 3, JitterStrategy: 'FULL' }],
    ...after,
  };
}
