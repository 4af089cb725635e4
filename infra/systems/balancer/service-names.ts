import { regionalName } from '../../../engine/src/names.ts';
import type { SynthTarget } from '../../../engine/src/system.ts';
import type { Named } from '../../lib/named.ts';

/** Type, and what follows `v3-backend-<environment>-` in the name. */
const rows = {
  vpc: ['AWS::EC2::VPC', 'vpc'],
  databaseSubnets: ['AWS::RDS::DBSubnetGroup', 'db-subnet-group'],
  albGroup: ['AWS::EC2::SecurityGroup', 'alb-sg'],
  ecsGroup: ['AWS::EC2::SecurityGroup', 'ecs-sg'],
  databaseGroup: ['AWS::EC2::SecurityGroup', 'database-sg'],
  endpointGroup: ['AWS::EC2::SecurityGroup', 'vpc-endpoint-sg'],
  executionRole: ['AWS::IAM::Role', 'execution-role'],
  apiRole: ['AWS::IAM::Role', 'api-role'],
  workerRole: ['AWS::IAM::Role', 'worker-role'],
  schedulerRole: ['AWS::IAM::Role', 'scheduler-role'],
  forwarderRole: ['AWS::IAM::Role', 'log-forwarder-role'],
  database: ['AWS::RDS::DBInstance', 'database'],
  databaseParameters: ['AWS::RDS::DBParameterGroup', 'database-parameters'],
  databaseSecret: ['AWS::SecretsManager::Secret', 'database-credentials'],
  configSecret: ['AWS::SecretsManager::Secret', 'config'],
  cluster: ['AWS::ECS::Cluster', 'cluster'],
  alb: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'alb'],
  targetGroup: ['AWS::ElasticLoadBalancingV2::TargetGroup', 'api'],
  firewall: ['AWS::WAFv2::WebACL', 'waf'],
  alerts: ['AWS::SNS::Topic', 'alerts'],
  dashboard: ['AWS::CloudWatch::Dashboard', 'dashboard'],
  forwarder: ['AWS::Lambda::Function', 'log-forwarder'],
  forwarderFailed: ['AWS::SQS::Queue', 'log-forwarder-dlq'],
} as const;

/** Type and name of those that AWS, or the levels of a hierarchy, want to begin otherwise. */
const othersOf = (stem: string, environment: string) =>
  ({
    s3Key: ['AWS::KMS::Alias', `alias/${stem}-s3`],
    sqsKey: ['AWS::KMS::Alias', `alias/${stem}-sqs`],
    secretsKey: ['AWS::KMS::Alias', `alias/${stem}-secrets`],
    databaseKey: ['AWS::KMS::Alias', `alias/${stem}-database`],
    logsKey: ['AWS::KMS::Alias', `alias/${stem}-logs`],
    alertsKey: ['AWS::KMS::Alias', `alias/${stem}-alerts`],
    firewallLog: ['AWS::Logs::LogGroup', `aws-waf-logs-${stem}`],
    /** What the services read while they run is below this. */
    parameters: ['AWS::SSM::Parameter', `/v3-backend/${environment}`],
  }) as const;

/** The id of one of balancer's resources with a name of its own. */
export type ServiceId = keyof typeof rows | keyof ReturnType<typeof othersOf>;

/** Gives the names of the resources by id, each with its environment, in the target's region. */
export function serviceNames(target: SynthTarget): Readonly<Record<ServiceId, Named>> {
  const stem = `v3-backend-${target.environment}`;
  const plain = Object.entries(rows).map(([id, [type, end]]) => [id, [type, `${stem}-${end}`]] as const);
  const named = [...plain, ...Object.entries(othersOf(stem, target.environment))].map(([id, [type, name]]): [string, Named] => [
    id,
    { type, name: regionalName(type, name, target) },
  ]);
  return Object.fromEntries(named) as Record<ServiceId, Named>;
}
