import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { artifactBucket } from '../../lib/artifact-bucket.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';

/** Where promoted ZIPs arrive, with the records of who promoted them. */
export class ArtifactStack extends Stack {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { request, data, settings, artifacts, names }: Blueprint) {
    super(scope, id, toStackProps(request, 'Flux Systems: the artifacts that were promoted here'));
    Tags.of(this).add('stack', id);
    this.bucket = artifactBucket(this, 'Artifacts', artifacts, {
      prefix: settings.artifactsPrefix,
      readers: settings.artifactReaders,
      ...data.artifacts,
    });
    // Builds find the bucket by it; and where the bucket is referred to, the stack would have no resource without it.
    new StringParameter(this, 'ArtifactsBucket', {
      parameterName: names.artifactsParameter,
      description: 'Bucket that promotions go to',
      stringValue: this.bucket.bucketName,
    });
    new CfnOutput(this, 'ArtifactsBucketName', { value: this.bucket.bucketName, description: 'Bucket that promotions go to' });
  }
}
