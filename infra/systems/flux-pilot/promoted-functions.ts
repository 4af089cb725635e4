import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Aws, CfnCondition, CfnParameter, CfnResource, CustomResource, Duration, Fn, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { Architecture, CfnFunction, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { allow } from '../../lib/allow.ts';
import { ApiFunction } from '../../lib/api-function.ts';
import type { Blueprint } from './blueprint.ts';
import type { FunctionSpec } from './function-schema.ts';
import { makeFunctionRole } from './function-role.ts';
import { importFrom, toFunctionNetwork, toVariables } from './imports.ts';

/** What runs while nothing was promoted. */
const waitingRuntime = Runtime.NODEJS_24_X;
const waitingHandler = 'index.handler';

/** A function, and the routes that it answers. */
export interface RoutedFunction {
  readonly id: string;
  readonly function: LambdaFunction;
  readonly routes: readonly string[];
}

/**
 * The functions of the application: each runs a ZIP of the promoted set that the parameter SetDigest names.
 *
 * During a deployment each ZIP's key and version are read from the manifest of the promotion, so that a function runs exactly
 * what was promoted, and what comes later changes nothing. While SetDigest is `none` each answers that nothing was promoted.
 */
export class PromotedFunctions extends Construct {
  readonly all: readonly RoutedFunction[];
  readonly setDigest: string;
  readonly #blueprint: Blueprint;
  readonly #bucket: IBucket;

  constructor(scope: Construct, id: string, blueprint: Blueprint, bucket: IBucket) {
    super(scope, id);
    this.#blueprint = blueprint;
    this.#bucket = bucket;
    const { settings, data } = blueprint;
    const parameter = new CfnParameter(scope, 'SetDigest', {
      type: 'String',
      default: 'none',
      allowedPattern: '^(none|[0-9a-f]{64})$',
      constraintDescription: 'the digest of a promoted set, or none',
      description: 'The promoted set that the functions run',
    });
    this.setDigest = parameter.valueAsString;
    const promoted = new CfnCondition(scope, 'Promoted', { expression: Fn.conditionNot(Fn.conditionEquals(this.setDigest, 'none')) });
    const reader = this.#makeReader();
    const log = new LogGroup(this, 'Log', {
      retention: data.logs.retentionDays,
      removalPolicy: data.logs.keepAfterStack ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const role = makeFunctionRole(this, 'Role', 'What the promoted functions may do', toFunctionNetwork(blueprint) !== undefined);
    allow(role, ['secretsmanager:GetSecretValue'], [importFrom(blueprint, 'databaseSecretArn')]);
    log.grantWrite(role);
    this.all = settings.functions.map((spec) => {
      const artifact = this.#readArtifact(spec, reader, promoted);
      return { id: spec.id, function: this.#makeFunction(spec, { role, log, artifact, promoted }), routes: spec.routes };
    });
  }

  #makeReader(): LambdaFunction {
    const { names, request, data, settings } = this.#blueprint;
    const role = makeFunctionRole(this, 'ReaderRole', 'What the reader of the manifest may do', false);
    const { artifactsPrefix } = settings;
    allow(
      role,
      ['s3:GetObject'],
      [this.#bucket.arnForObjects(`${artifactsPrefix}manifest.json`), this.#bucket.arnForObjects(`${artifactsPrefix}sets/*`)],
    );
    // Without it S3 answers that reading is denied when there is no such object.
    allow(role, ['s3:ListBucket'], [this.#bucket.bucketArn], { StringLike: { 's3:prefix': `${artifactsPrefix}*` } });
    return new ApiFunction(this, 'Reader', {
      functionName: names.artifactReader,
      description: 'Says during a deployment where a ZIP of the promoted set is',
      code: join(request.handlers, 'flux-pilot', 'promoted-artifact'),
      role,
      ...data.functions,
      logs: data.logs,
      variables: {},
    }).function;
  }

  #readArtifact({ id, artifact }: FunctionSpec, reader: LambdaFunction, promoted: CfnCondition): CustomResource {
    const found = new CustomResource(this, `${id}Artifact`, {
      resourceType: 'Custom::PromotedArtifact',
      serviceToken: reader.functionArn,
      serviceTimeout: Duration.minutes(1),
      properties: {
        Bucket: this.#bucket.bucketName,
        Prefix: this.#blueprint.settings.artifactsPrefix,
        Artifact: artifact,
        SetDigest: this.setDigest,
      },
    });
    conditional(found.node.defaultChild).cfnOptions.condition = promoted;
    return found;
  }

  #makeFunction(
    spec: FunctionSpec,
    { role, log, artifact, promoted }: { role: Role; log: ILogGroup; artifact: CustomResource; promoted: CfnCondition },
  ): LambdaFunction {
    const { data, request, stacks } = this.#blueprint;
    const waiting = join(request.handlers, 'flux-pilot', 'not-promoted');
    if (!existsSync(join(waiting, 'index.js'))) throw new Error(`There is no handler at ${waiting}; tools/build-handlers.ts builds them`);
    const made = new LambdaFunction(this, spec.id, {
      functionName: `${stacks.app.replace(/-app$/, '')}-${toKebab(spec.id)}`,
      description: `Runs ${spec.artifact} of the promoted set`,
      runtime: waitingRuntime,
      architecture: spec.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      handler: waitingHandler,
      code: Code.fromAsset(waiting),
      role,
      memorySize: spec.memoryMb ?? data.functions.memoryMb,
      timeout: Duration.seconds(spec.timeoutSeconds ?? data.functions.timeoutSeconds),
      environment: { ...toVariables(this.#blueprint), SET_DIGEST: this.setDigest },
      logGroup: log,
    });
    this.#runPromoted(conditional(made.node.defaultChild) as CfnFunction, spec, artifact, promoted);
    return made;
  }

  /** Makes a function run its promoted ZIP as soon as there is one. */
  #runPromoted(resource: CfnFunction, spec: FunctionSpec, artifact: CustomResource, promoted: CfnCondition): void {
    const code = resource.code as CfnFunction.CodeProperty;
    const either = (yes: unknown, no: unknown): unknown => Fn.conditionIf(promoted.logicalId, yes, no);
    resource.code = {
      s3Bucket: either(this.#bucket.bucketName, code.s3Bucket) as string,
      s3Key: either(artifact.getAtt('Key'), code.s3Key) as string,
      s3ObjectVersion: either(artifact.getAtt('VersionId'), Aws.NO_VALUE) as string,
    };
    if (spec.handler !== waitingHandler) resource.addPropertyOverride('Handler', either(spec.handler, waitingHandler));
    if (spec.runtime !== waitingRuntime.name) resource.addPropertyOverride('Runtime', either(spec.runtime, waitingRuntime.name));
    const network = toFunctionNetwork(this.#blueprint);
    if (network) resource.vpcConfig = { ...network };
  }
}

const toKebab = (id: string): string => id.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

function conditional(construct: unknown): CfnResource {
  if (CfnResource.isCfnResource(construct)) return construct;
  throw new Error('A construct without a resource of CloudFormation.');
}
