import { RemovalPolicy } from 'aws-cdk-lib/core';
import {
  AccessLogFormat,
  AuthorizationType,
  CfnAuthorizer,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
  type MethodOptions,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { LogRetentionDays } from '../environments/log-retention.ts';

/** A function and the routes that it answers, for users who signed in or, open, for everybody. */
export interface RestService {
  readonly handler: IFunction;
  /** Method and path, such as `GET /orders/{id}`. */
  readonly routes: readonly string[];
  readonly open?: true;
}

/** A REST API: its name and log, who may call it from where and how often, and which function answers which route. */
export interface SignedInRestApiProps {
  readonly apiName: string;
  readonly description: string;
  readonly logRetentionDays: LogRetentionDays;
  /** At least one. */
  readonly allowedOrigins: readonly string[];
  readonly ratePerSecond: number;
  readonly burst: number;
  readonly userPoolArn: string;
  readonly services: readonly RestService[];
}

/**
 * A REST API that answers those who signed in at a user pool, and writes one line of JSON per request.
 *
 * REST and not HTTP, because AWS WAF guards only the former. API Gateway writes logs in one role per account and region: this
 * stack sets it, and leaves it there when it goes, because the other APIs of the account need it, too.
 *
 * @source https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html
 */
export class SignedInRestApi extends Construct {
  readonly api: RestApi;

  constructor(scope: Construct, id: string, props: SignedInRestApiProps) {
    super(scope, id);
    const log = new LogGroup(this, 'Log', { retention: props.logRetentionDays, removalPolicy: RemovalPolicy.DESTROY });
    this.api = new RestApi(this, 'Api', {
      restApiName: props.apiName,
      description: props.description,
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      defaultCorsPreflightOptions: {
        allowOrigins: [...props.allowedOrigins],
        allowHeaders: ['authorization', 'content-type'],
        allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      },
      deployOptions: {
        stageName: 'live',
        throttlingRateLimit: props.ratePerSecond,
        throttlingBurstLimit: props.burst,
        metricsEnabled: true,
        // Errors of API Gateway itself, such as an integration that it may not call; never what users send.
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        accessLogDestination: new LogGroupLogDestination(log),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
    // An output with a generated name, beside which the stack has its own.
    this.api.node.tryRemoveChild('Endpoint');
    const authorizer = new CfnAuthorizer(this, 'Users', {
      restApiId: this.api.restApiId,
      name: 'users',
      type: 'COGNITO_USER_POOLS',
      identitySource: 'method.request.header.Authorization',
      providerArns: [props.userPoolArn],
    });
    const signedIn: MethodOptions = {
      authorizationType: AuthorizationType.COGNITO,
      authorizer: { authorizerId: authorizer.ref, authorizationType: AuthorizationType.COGNITO },
    };
    for (const service of props.services) this.#route(service, service.open ? { authorizationType: AuthorizationType.NONE } : signedIn);
  }

  #route({ handler, routes }: RestService, options: MethodOptions): void {
    const integration = new LambdaIntegration(handler, { allowTestInvoke: false });
    for (const route of routes) {
      const [method = '', path = '/'] = route.split(' ');
      const resource = path === '/' ? this.api.root : this.api.root.resourceForPath(path);
      resource.addMethod(method, integration, options);
    }
  }
}

const accessLog = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  responseLatencyMs: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
  wafStatus: '$context.waf.status',
  user: '$context.authorizer.claims.sub',
  sourceIp: '$context.identity.sourceIp',
};
