import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { alarmed, alarmPeriod } from '../../lib/alarmed.ts';
import type { Blueprint } from './blueprint.ts';
import { apiErrors } from './main-stack.ts';

/** Makes the alarms of the ML pipeline, of its notifications and of its API. */
export function makeMlAlarms(
  scope: Construct,
  { names }: Blueprint,
  watched: { readonly pipeline: StateMachine; readonly notification: IFunction; readonly apiId: string; readonly topic: ITopic },
): void {
  const { pipeline, notification, apiId, topic } = watched;
  const one = { statistic: 'Sum', period: alarmPeriod };
  alarmed(scope, 'PipelineFailures', {
    alarmName: names.mlPipelineFailures,
    section: 'SpaceportMLPipeline-Failures',
    means: 'The ML pipeline gave up on a job.',
    metric: new MathExpression({
      expression: 'FILL(failed, 0) + FILL(timedOut, 0)',
      label: 'failed executions',
      usingMetrics: { failed: pipeline.metricFailed(one), timedOut: pipeline.metricTimedOut(one) },
      period: alarmPeriod,
    }),
    atLeast: 1,
    periods: 1,
    topic,
  });
  alarmed(scope, 'NotificationErrors', {
    alarmName: names.mlNotificationErrors,
    section: 'SpaceportMLNotification-Errors',
    means: 'Users are not told of the results of their jobs.',
    metric: notification.metricErrors(one),
    atLeast: 3,
    periods: 1,
    topic,
  });
  alarmed(scope, 'MlApiErrors', {
    alarmName: names.mlApiErrors,
    section: 'SpaceportMLApi-Errors',
    means: 'The API that starts ML jobs fails to answer.',
    metric: apiErrors(apiId),
    atLeast: 5,
    periods: 2,
    topic,
  });
}
