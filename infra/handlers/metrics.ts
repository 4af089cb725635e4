/** Counts what CloudWatch makes metrics of. */
export interface Metrics {
  /** Adds to a metric of the environment; `fields` stand beside it in the log. */
  count(name: string, value: number, fields?: Readonly<Record<string, unknown>>): void;
}

/**
 * Makes the metrics of one environment of a system: a line of the log that CloudWatch Logs turns into a metric, with no call of its own.
 *
 * @source https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function createMetrics(
  write: (line: string) => void,
  now: () => Date,
  { namespace, environment }: { readonly namespace: string; readonly environment: string },
): Metrics {
  return {
    count: (name, value, fields = {}) => {
      const definition = { Namespace: namespace, Dimensions: [['Environment']], Metrics: [{ Name: name, Unit: 'Count' }] };
      const embedded = { Timestamp: now().getTime(), CloudWatchMetrics: [definition] };
      write(`${JSON.stringify({ ...fields, _aws: embedded, Environment: environment, [name]: value })}\n`);
    },
  };
}
