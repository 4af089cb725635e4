import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { CorsHttpMethod, HttpApi, HttpMethod, HttpStage, LogGroupLogDestination, type CorsPreflightOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IUserPool, IUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { LogRetentionDays } from '../environments/log-retention.ts';

/** An API: its name and log, who may call it from where and how often, and which function answers which route. */
export interface SignedInApiProps {
  readonly apiName: string;
  /** Starts with `/aws/vendedlogs/`, or each API grows one policy of the account that has a size limit. */
  readonly logGroupName: string;
  readonly logRetentionDays: LogRetentionDays;
  /** None means that no page of another origin may call. */
  readonly allowedOrigins: readonly string[];
  readonly ratePerSecond: number;
  readonly burst: number;
  readonly users: IUserPool;
  readonly client: IUserPoolClient;
  readonly services: readonly Service[];
}

/** A function, its id among the API's services, and the routes that it answers. */
export interface Service {
  readonly id: string;
  readonly handler: IFunction;
  /** Method and path, such as `GET /files/{fileId}`. */
  readonly routes: readonly `${HttpMethod} /${string}`[];
}

/**
 * An HTTP API that answers only those who signed in at a user pool, and writes one line of JSON per request.
 *
 * @source https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
 */
export class SignedInApi extends Construct {
  /** Without a slash at its end. */
  readonly url: string;
  readonly apiId: string;

  constructor(scope: Construct, id: string, props: SignedInApiProps) {
    super(scope, id);
    const api = new HttpApi(this, 'Api', {
      apiName: props.apiName,
      createDefaultStage: false,
      defaultAuthorizer: new HttpUserPoolAuthorizer('Users', props.users, { userPoolClients: [props.client] }),
      ...(props.allowedOrigins.length > 0 ? { corsPreflight: toCors(props.allowedOrigins) } : {}),
    });
    this.url = api.apiEndpoint;
    this.apiId = api.apiId;
    const log = new LogGroup(this, 'Log', { logGroupName: props.logGroupName, retention: props.logRetentionDays, removalPolicy: RemovalPolicy.DESTROY });
    new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: props.ratePerSecond, burstLimit: props.burst },
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: AccessLogFormat.custom(JSON.stringify(accessLog)) },
    });
    for (const { id: service, handler, routes } of props.services) {
      const integration = new HttpLambdaIntegration(service, handler);
      for (const route of routes) {
        const [method, path] = route.split(' ') as [HttpMethod, string];
        api.addRoutes({ path, methods: [method], integration });
      }
    }
  }
}

const toCors = (origins: readonly string[]): CorsPreflightOptions => ({
  allowOrigins: [...origins],
  allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PATCH, CorsHttpMethod.DELETE],
  allowHeaders: ['authorization', 'content-type'],
  maxAge: Duration.hours(1),
});

const accessLog = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLatencyMs: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
  user: '$context.authorizer.claims.sub',
  sourceIp: '$context.identity.sourceIp',
};
