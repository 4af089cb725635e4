import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import {
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
  type CorsOptions,
  type IRequestValidator,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { LogRetentionDays } from '../environments/log-retention.ts';

/** One route: who may call it, and by which query parameters its answers are kept in the cache; none means they are not. */
export interface CachedRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** `signed`: AWS credentials of the account that IAM allows to call it. */
  readonly callers: 'signed' | 'anyone';
  readonly cachedBy?: readonly string[];
}

/** An API of one function: its routes, how often it may be called, and how long answers are kept. */
export interface CachedApiProps {
  readonly apiName: string;
  readonly description: string;
  readonly handler: IFunction;
  readonly routes: readonly CachedRoute[];
  readonly ratePerSecond: number;
  readonly burst: number;
  readonly cache?: { readonly sizeGb: string; readonly ttlSeconds: number };
  readonly allowedOrigins: readonly string[];
  readonly logs: { readonly groupName: string; readonly retentionDays: LogRetentionDays; readonly key: IKey };
}

/** A REST API with throttling, an encrypted cache where asked, CORS for the origins that are named, and a line in a log per request. */
export class CachedApi extends Construct {
  readonly api: RestApi;

  constructor(scope: Construct, id: string, props: CachedApiProps) {
    super(scope, id);
    this.api = new RestApi(this, 'Api', {
      restApiName: props.apiName,
      description: props.description,
      endpointTypes: [EndpointType.REGIONAL],
      // The account's own role for logs of APIs; it stays, because the other APIs of the region write with it.
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: this.#toStage(props),
      ...(props.allowedOrigins.length ? { defaultCorsPreflightOptions: toCors(props.allowedOrigins) } : {}),
    });
    const validator = this.api.addRequestValidator('Validator', { validateRequestBody: true, validateRequestParameters: true });
    for (const route of props.routes) this.#addRoute(route, props.handler, validator);
  }

  #toStage({ ratePerSecond, burst, cache, routes, logs }: CachedApiProps): StageOptions {
    const logGroup = new LogGroup(this, 'Log', { logGroupName: logs.groupName, retention: logs.retentionDays, encryptionKey: logs.key, removalPolicy: RemovalPolicy.DESTROY });
    const toMethod = ({ path, method, cachedBy }: CachedRoute): readonly [string, object] => [
      `${path}/${method}`,
      { cachingEnabled: cachedBy !== undefined, ...(cachedBy && cache ? { cacheTtl: Duration.seconds(cache.ttlSeconds), cacheDataEncrypted: true } : {}) },
    ];
    return {
      stageName: 'live',
      tracingEnabled: true,
      metricsEnabled: true,
      loggingLevel: MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      throttlingRateLimit: ratePerSecond,
      throttlingBurstLimit: burst,
      accessLogDestination: new LogGroupLogDestination(logGroup),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify(accessLog)),
      ...(cache
        ? { cacheClusterEnabled: true, cacheClusterSize: cache.sizeGb, methodOptions: Object.fromEntries(routes.map(toMethod)) }
        : {}),
    };
  }

  #addRoute({ method, path, callers, cachedBy = [] }: CachedRoute, handler: IFunction, requestValidator: IRequestValidator): void {
    // The answer names the origin that may read it, so the cache keeps one for each.
    const keys = cachedBy.length ? [...cachedBy.map((name) => `method.request.querystring.${name}`), 'method.request.header.Origin'] : [];
    this.api.root.resourceForPath(path).addMethod(method, new LambdaIntegration(handler, { allowTestInvoke: false, cacheKeyParameters: keys }), {
      authorizationType: callers === 'signed' ? AuthorizationType.IAM : AuthorizationType.NONE,
      requestValidator,
      requestParameters: Object.fromEntries(keys.map((key) => [key, false])),
    });
  }
}

const toCors = (origins: readonly string[]): CorsOptions => ({
  allowOrigins: [...origins],
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['authorization', 'content-type', 'x-amz-date', 'x-amz-security-token'],
  maxAge: Duration.hours(1),
});

const accessLog = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  method: '$context.httpMethod',
  path: '$context.resourcePath',
  status: '$context.status',
  responseLatencyMs: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
  caller: '$context.identity.userArn',
  sourceIp: '$context.identity.sourceIp',
};
