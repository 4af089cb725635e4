import { CfnOutput, Duration, Fn, Stack, Tags } from 'aws-cdk-lib/core';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
  type DistributionProps,
  type IOrigin,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { ARecord, AaaaRecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget, LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { dataBucket } from '../../lib/data-bucket.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';
import type { FoundationStack } from './foundation-stack.ts';
import type { ServicesStack } from './services-stack.ts';
import { originHeader, originName, viewerHeader } from './web.ts';

/** Below it on the website is what the bucket holds; so are the keys in the bucket. */
const assetsPath = '/assets';

/** What users reach: CloudFront before the frontend and the static files, and, with a domain, the names in Route 53. */
export class EdgeStack extends Stack {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, blueprint: Blueprint, foundation: FoundationStack, services: ServicesStack) {
    super(scope, id, toStackProps(blueprint.request, 'CloudWeave: CloudFront, static files and names'));
    Tags.of(this).add('stack', id);
    const { data, decisions, settings } = blueprint;
    const assets = dataBucket(this, 'Assets', decisions.assets, data.records);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `CloudWeave in ${blueprint.request.environment}`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...this.#toNames(settings),
      defaultBehavior: {
        origin: toFrontend(blueprint, services),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: this.#tellViewer() }],
      },
      additionalBehaviors: {
        [`${assetsPath}/*`]: {
          origin: toAssets(assets),
          cachePolicy: CachePolicy.CACHING_OPTIMIZED,
          responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
          viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        },
      },
      // What is said when neither frontend nor load balancer answers is in the bucket, which does not fail with them.
      errorResponses: [502, 503, 504].map((httpStatus) => ({
        httpStatus,
        responseHttpStatus: httpStatus,
        responsePagePath: `${assetsPath}/unavailable.html`,
        ttl: Duration.seconds(10),
      })),
      // By its name alone: CloudFront's construct would add an ACL to a bucket that is defined in another stack.
      logBucket: Bucket.fromBucketAttributes(this, 'AccessLogs', {
        bucketName: foundation.accessLogs.bucketName,
        bucketRegionalDomainName: foundation.accessLogs.bucketRegionalDomainName,
      }),
      logFilePrefix: 'cloudfront/',
    });
    this.#nameIt(settings, services);
    const host = settings.domain?.name ?? this.distribution.distributionDomainName;
    new CfnOutput(this, 'Url', { value: Fn.join('', ['https://', host]), description: 'Address of the website' });
    new CfnOutput(this, 'DistributionId', {
      value: this.distribution.distributionId,
      description: 'What an invalidation of the cache asks for',
    });
    new CfnOutput(this, 'AssetsBucketName', { value: assets.bucketName, description: 'Bucket of the static files' });
  }

  #toNames({ domain }: Blueprint['settings']): Partial<DistributionProps> {
    if (!domain) return {};
    return {
      domainNames: [domain.name],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    };
  }

  /** The firewall counts by this address: that of the connection is CloudFront's own. */
  #tellViewer(): EdgeFunction {
    const code = `function handler(event) {
  event.request.headers['${viewerHeader}'] = { value: event.viewer.ip };
  return event.request;
}
`;
    return new EdgeFunction(this, 'Viewer', {
      comment: 'Tells the address of the user',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(code),
    });
  }

  #nameIt({ domain }: Blueprint['settings'], { publicBalancer }: ServicesStack): void {
    if (!domain) return;
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: domain.hostedZoneId, zoneName: domain.name });
    const target = RecordTarget.fromAlias(new CloudFrontTarget(this.distribution));
    new ARecord(this, 'Name', { zone, target, recordName: domain.name });
    new AaaaRecord(this, 'NameV6', { zone, target, recordName: domain.name });
    new ARecord(this, 'OriginName', {
      zone,
      recordName: originName(domain.name),
      target: RecordTarget.fromAlias(new LoadBalancerTarget(publicBalancer)),
    });
  }
}

function toFrontend({ settings: { domain } }: Blueprint, { publicBalancer, originKey }: ServicesStack): IOrigin {
  return new HttpOrigin(domain ? originName(domain.name) : publicBalancer.loadBalancerDnsName, {
    protocolPolicy: domain ? OriginProtocolPolicy.HTTPS_ONLY : OriginProtocolPolicy.HTTP_ONLY,
    customHeaders: { [originHeader]: originKey.secretValue.unsafeUnwrap() },
  });
}

/** A bucket that stays outside of the stack has a policy of its own to let CloudFront in. */
const toAssets = (bucket: IBucket): IOrigin => S3BucketOrigin.withOriginAccessControl(bucket);
