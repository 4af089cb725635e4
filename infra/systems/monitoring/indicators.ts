import type { Duration } from 'aws-cdk-lib/core';
import { MathExpression, Metric, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/** The namespace that the functions write their own metrics to. */
export const namespace = 'Monitoring';

/** What is measured of the service, for one environment: the service level indicators. Counts are sums over the period. */
export interface Indicators {
  requests(period: Duration): Metric;
  failed(period: Duration): Metric;
  /** Requests that took longer than the objective allows. */
  slow(period: Duration): IMetric;
  latency(period: Duration, percentile: number): Metric;
  circuitsOpened(period: Duration): Metric;
  unhealthy(period: Duration): Metric;
  backups(period: Duration): Metric;
}

/** Makes the indicators of the API of this name and stage. */
export function indicatorsOf({
  apiName,
  stage,
  environment,
  fastMs,
}: {
  readonly apiName: string;
  readonly stage: string;
  readonly environment: string;
  readonly fastMs: number;
}): Indicators {
  const api = (metricName: string, statistic: string, period: Duration, label: string): Metric =>
    new Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap: { ApiName: apiName, Stage: stage }, statistic, period, label });
  const own = (metricName: string, statistic: string, period: Duration, label: string): Metric =>
    new Metric({ namespace, metricName, dimensionsMap: { Environment: environment }, statistic, period, label });
  return {
    requests: (period) => api('Count', 'Sum', period, 'requests'),
    failed: (period) => api('5XXError', 'Sum', period, 'failed'),
    slow: (period) =>
      new MathExpression({
        expression: 'total * (100 - fast) / 100',
        usingMetrics: {
          total: api('Count', 'Sum', period, 'requests'),
          fast: api('Latency', `PR(:${fastMs})`, period, 'fast, in per cent'),
        },
        period,
        label: 'slow',
      }),
    latency: (period, percentile) => api('Latency', `p${percentile}`, period, `p${percentile}`),
    circuitsOpened: (period) => own('CircuitOpened', 'Sum', period, 'circuits opened'),
    unhealthy: (period) => own('EndpointUnhealthy', 'Sum', period, 'checks that failed'),
    backups: (period) => own('BackupMade', 'Sum', period, 'backups made'),
  };
}
