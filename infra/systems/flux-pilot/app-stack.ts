import { join } from 'node:path';
import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ApiFunction } from '../../lib/api-function.ts';
import { SignedInRestApi } from '../../lib/signed-in-rest-api.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import { WebFirewall } from '../../lib/web-firewall.ts';
import type { Blueprint } from './blueprint.ts';
import { healthRoute } from './function-schema.ts';
import { makeFunctionRole } from './function-role.ts';
import { importFrom, toFunctionNetwork } from './imports.ts';
import { PromotedFunctions } from './promoted-functions.ts';
import { watchApi } from './watch-api.ts';

/** What changes often: the API, and the functions behind it. It imports what the base stack exports and changes none of it. */
export class AppStack extends Stack {
  constructor(scope: Construct, id: string, blueprint: Blueprint, artifacts: IBucket) {
    super(scope, id, toStackProps(blueprint.request, 'Flux Systems: the API and its functions'));
    Tags.of(this).add('stack', id);
    const { data, settings, names, profile } = blueprint;
    const promoted = new PromotedFunctions(this, 'Functions', blueprint, artifacts);
    const health = this.#makeHealth(blueprint, promoted.setDigest);
    const { api } = new SignedInRestApi(this, 'Gateway', {
      apiName: names.api,
      description: `The API of ${blueprint.stacks.app}`,
      logRetentionDays: data.logs.retentionDays,
      allowedOrigins: settings.allowedOrigins,
      ...data.api,
      userPoolArn: importFrom(blueprint, 'userPoolArn'),
      services: [
        { handler: health.function, routes: [healthRoute], open: true },
        ...promoted.all.map((each) => ({ handler: each.function, routes: each.routes })),
      ],
    });
    if (profile.firewall.kind === 'waf')
      new WebFirewall(this, 'Firewall', {
        firewallName: names.firewall,
        logGroupName: names.firewallLog,
        logRetentionDays: data.logs.retentionDays,
        resourceArn: api.deploymentStage.stageArn,
        requestsPerFiveMinutes: profile.firewall.requestsPerFiveMinutes,
      });
    watchApi(this, blueprint);
    new CfnOutput(this, 'ApiUrl', { value: api.url, description: 'Address of the API' });
    new CfnOutput(this, 'HealthUrl', { value: api.urlForPath('/health'), description: 'Answers 200 while the database can be reached' });
    new CfnOutput(this, 'RunningSet', { value: promoted.setDigest, description: 'The promoted set that the functions run' });
  }

  #makeHealth(blueprint: Blueprint, setDigest: string): ApiFunction {
    const { data, names, request } = blueprint;
    const network = toFunctionNetwork(blueprint);
    const health = new ApiFunction(this, 'Health', {
      functionName: names.health,
      description: 'Says whether the database can be reached, and which set runs',
      code: join(request.handlers, 'flux-pilot', 'health'),
      role: makeFunctionRole(this, 'HealthRole', 'What the health check may do', network !== undefined),
      ...data.functions,
      logs: data.logs,
      variables: {
        DB_HOST: importFrom(blueprint, 'databaseEndpoint'),
        DB_PORT: importFrom(blueprint, 'databasePort'),
        SET_DIGEST: setDigest,
      },
    });
    if (network) (health.function.node.defaultChild as CfnFunction).vpcConfig = { ...network };
    return health;
  }
}
