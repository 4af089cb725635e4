import { Duration } from 'aws-cdk-lib/core';
import { MathExpression, type Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { HttpCodeTarget, type ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { linkedAlarm } from '../../lib/linked-alarm.ts';
import type { Blueprint } from './blueprint.ts';
import type { FoundationStack, ServiceName } from './foundation-stack.ts';

/**
 * Makes the alarm by which a release of a service goes back: too many errors for two minutes.
 *
 * Which of the two target groups is live changes with each release, so it counts what the load balancer got of either.
 */
export function releaseAlarm(
  scope: Construct,
  name: ServiceName,
  { metrics }: ApplicationLoadBalancer,
  { settings, request }: Blueprint,
  { critical }: FoundationStack,
): Alarm {
  const period = Duration.minutes(1);
  return linkedAlarm(scope, `${name}ErrorAlarm`, {
    alarmName: `cloudweave-${name}-errors-${request.environment}`,
    says: `More than one answer in twenty of the ${name} is an error; a release that is under way goes back.`,
    runbookUrl: `${settings.runbook}#requests-fail`,
    topics: [critical.topicArn],
    metric: new MathExpression({
      // Of a handful of requests each would be a large share.
      expression: 'IF(all > 20, 100 * bad / all, 0)',
      usingMetrics: {
        bad: metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, { period, statistic: 'Sum' }),
        all: metrics.requestCount({ period, statistic: 'Sum' }),
      },
      period,
      label: 'errors, in per cent',
    }),
    rings: 'above',
    threshold: 5,
    periods: 2,
  });
}
