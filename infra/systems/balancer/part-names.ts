import type { BalancerQueue, BalancerService } from '../../environments/balancer.ts';

/** Gives the name of a queue of an environment. */
export const queueName = (environment: string, id: BalancerQueue): string => `v3-backend-${environment}-${id}-queue`;

/** Gives the name of the queue for what failed in a queue of an environment. */
export const deadLetterName = (environment: string, id: BalancerQueue): string => `v3-backend-${environment}-${id}-dlq`;

/** Gives the name of a service of an environment, which is that of its task definitions, too. */
export const serviceName = (environment: string, id: BalancerService): string => `v3-backend-${environment}-${id}`;

/** Gives the name of the log of a service of an environment. */
export const logGroupName = (environment: string, id: BalancerService): string => `/v3-backend/${environment}/${id}`;

/** Gives the namespace of what the services of an environment measure themselves. */
export const metricNamespace = (environment: string): string => `V3Backend/${environment}`;

/** Gives the name of the metric that counts the errors which a service logs. */
export const errorMetric = (id: BalancerService): string => `${id}-logged-errors`;
