import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Repository, RepositoryEncryption, TagStatus, type IRepository } from 'aws-cdk-lib/aws-ecr';
import type { Construct } from 'constructs';
import type { Decision } from '../../engine/src/decision.ts';

/** What a repository keeps: untagged images for some days, and the newest `keep` images. */
export interface DataRepositoryProps {
  readonly untaggedDays: number;
  readonly keep: number;
}

/**
 * Gives the repository that was decided on: a reference to one that stays outside of the stack, or its definition.
 *
 * A defined repository is encrypted, scans each image that is pushed, and stays when its stack goes, unless its own
 * creation is rolled back.
 */
export function dataRepository(scope: Construct, id: string, decision: Decision, { untaggedDays, keep }: DataRepositoryProps): IRepository {
  if (decision.kind === 'reference') return Repository.fromRepositoryName(scope, id, decision.name);
  return new Repository(scope, id, {
    repositoryName: decision.name,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    encryption: RepositoryEncryption.AES_256,
    imageScanOnPush: true,
    lifecycleRules: [
      { rulePriority: 1, description: 'untagged images', tagStatus: TagStatus.UNTAGGED, maxImageAge: Duration.days(untaggedDays) },
      { rulePriority: 2, description: 'all but the newest images', tagStatus: TagStatus.ANY, maxImageCount: keep },
    ],
  });
}
