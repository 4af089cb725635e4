import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { CachedApi } from '../../lib/cached-api.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';
import type { ComputeStack } from './compute-stack.ts';
import type { SecurityStack } from './security-stack.ts';

/** The API: what is known of the systems that are watched, for programs with AWS credentials. */
export class ApiStack extends Stack {
  readonly api: CachedApi;

  constructor(
    scope: Construct,
    id: string,
    { request, data, settings, names }: Blueprint,
    { functions }: ComputeStack,
    { logKey }: SecurityStack,
  ) {
    super(scope, id, toStackProps(request, 'Monitoring: the API'));
    Tags.of(this).add('stack', id);
    this.api = new CachedApi(this, 'Monitoring', {
      ...data.api,
      apiName: names.api,
      description: 'Events, health and circuits',
      handler: functions.api.live,
      allowedOrigins: settings.allowedOrigins,
      logs: { groupName: names.apiLogs, retentionDays: data.logs.retentionDays, key: logKey },
      routes: [
        { method: 'GET', path: '/health', callers: 'anyone' },
        { method: 'GET', path: '/events', callers: 'signed', cachedBy: ['source', 'kind', 'limit', 'before'] },
        { method: 'POST', path: '/events', callers: 'signed' },
        { method: 'GET', path: '/circuits', callers: 'signed' },
        { method: 'POST', path: '/analyses', callers: 'signed' },
      ],
    });
    new CfnOutput(this, 'ApiUrl', { value: this.api.api.url, description: 'Address of the API' });
  }
}
