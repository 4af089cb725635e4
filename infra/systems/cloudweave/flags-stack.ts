import { Duration, Stack, Tags } from 'aws-cdk-lib/core';
import {
  Application,
  ConfigurationContent,
  ConfigurationType,
  DeletionProtectionCheck,
  DeploymentStrategy,
  Environment,
  HostedConfiguration,
  Monitor,
  RolloutStrategy,
} from 'aws-cdk-lib/aws-appconfig';
import type { Construct } from 'constructs';
import { attachPolicy } from '../../lib/attach-policy.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';
import type { ServicesStack } from './services-stack.ts';

/** Which features are on. A change of them is rolled out step by step and taken back when the backend fails; no task is replaced for it. */
export class FlagsStack extends Stack {
  constructor(scope: Construct, id: string, { request, data, names, settings }: Blueprint, { tasks, releaseAlarms }: ServicesStack) {
    super(scope, id, toStackProps(request, 'CloudWeave: feature flags'));
    Tags.of(this).add('stack', id);
    const application = new Application(this, 'Application', { applicationName: names.flags, description: 'The features of CloudWeave' });
    const environment = new Environment(this, 'Environment', {
      application,
      environmentName: request.environment,
      description: 'Goes back when the backend fails',
      monitors: [Monitor.fromCloudWatchAlarm(releaseAlarms.backend)],
      deletionProtectionCheck: DeletionProtectionCheck.BYPASS,
    });
    const profile = new HostedConfiguration(this, 'Flags', {
      application,
      name: 'flags',
      type: ConfigurationType.FEATURE_FLAGS,
      content: ConfigurationContent.fromInlineJson(toDocument(settings.featureFlags)),
      deployTo: [environment],
      deletionProtectionCheck: DeletionProtectionCheck.BYPASS,
      deploymentStrategy: new DeploymentStrategy(this, 'Strategy', {
        deploymentStrategyName: names.flags,
        rolloutStrategy: RolloutStrategy.linear({
          growthFactor: data.flags.growthPercent,
          deploymentDuration: Duration.minutes(data.flags.overMinutes),
          finalBakeTime: Duration.minutes(data.flags.bakeMinutes),
        }),
      }),
    });
    attachPolicy(this, 'Read', tasks.backend.taskRole, 'read-flags', [
      {
        actions: ['appconfig:GetLatestConfiguration', 'appconfig:StartConfigurationSession'],
        resources: [
          `${application.applicationArn}/environment/${environment.environmentId}/configuration/${profile.configurationProfileId}`,
        ],
      },
    ]);
  }
}

/** @source https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-type-reference-feature-flags.html */
function toDocument(flags: Readonly<Record<string, boolean>>): string {
  const names = Object.keys(flags).sort();
  const each = <T>(value: (name: string) => T): Record<string, T> => Object.fromEntries(names.map((name) => [name, value(name)]));
  return JSON.stringify({ version: '1', flags: each((name) => ({ name })), values: each((name) => ({ enabled: flags[name] })) });
}
