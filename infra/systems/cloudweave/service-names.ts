import { regionalName } from '../../../engine/src/names.ts';
import type { SynthTarget } from '../../../engine/src/system.ts';
import type { Named } from '../../lib/named.ts';

const rows = {
  dataKey: ['AWS::KMS::Alias', 'alias/cloudweave-data'],
  topicKey: ['AWS::KMS::Alias', 'alias/cloudweave-topics'],
  alerts: ['AWS::SNS::Topic', 'cloudweave-alerts'],
  critical: ['AWS::SNS::Topic', 'cloudweave-critical'],
  database: ['AWS::RDS::DBInstance', 'cloudweave'],
  databaseSubnets: ['AWS::RDS::DBSubnetGroup', 'cloudweave'],
  databaseSecret: ['AWS::SecretsManager::Secret', 'cloudweave/database'],
  jwtSecret: ['AWS::SecretsManager::Secret', 'cloudweave/jwt'],
  redisSecret: ['AWS::SecretsManager::Secret', 'cloudweave/redis'],
  redisToken: ['AWS::SecretsManager::Secret', 'cloudweave/redis-token'],
  originKey: ['AWS::SecretsManager::Secret', 'cloudweave/origin-key'],
  cluster: ['AWS::ECS::Cluster', 'cloudweave'],
  frontend: ['AWS::ECS::Service', 'cloudweave-frontend'],
  backend: ['AWS::ECS::Service', 'cloudweave-backend'],
  publicBalancer: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'cloudweave-public'],
  internalBalancer: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'cloudweave-inside'],
  firewall: ['AWS::WAFv2::WebACL', 'cloudweave'],
  firewallLog: ['AWS::Logs::LogGroup', 'aws-waf-logs-cloudweave'],
  flags: ['AWS::AppConfig::Application', 'cloudweave'],
  vault: ['AWS::Backup::BackupVault', 'cloudweave'],
  backupPlan: ['AWS::Backup::BackupPlan', 'cloudweave'],
  restoreCheckRole: ['AWS::IAM::Role', 'cloudweave-restore-check'],
  restoreCheck: ['AWS::Lambda::Function', 'cloudweave-restore-check'],
  dashboard: ['AWS::CloudWatch::Dashboard', 'cloudweave'],
} as const;

/** The id of one of cloudweave's service resources: those that hold no data of their own and are never shared or imported. */
export type ServiceId = keyof typeof rows;

/** Gives the names of the service resources by id, each with its environment, in the target's region. */
export function serviceNames(target: SynthTarget): Readonly<Record<ServiceId, Named>> {
  const names = Object.entries<readonly [string, string]>(rows).map(([id, [type, base]]): [string, Named] => [
    id,
    { type, name: regionalName(type, toName(base, target.environment), target) },
  ]);
  return Object.fromEntries(names) as Record<ServiceId, Named>;
}

/** A secret is found in its environment's folder. */
const toName = (base: string, environment: string): string => {
  const [system, item] = base.split('/');
  return base.startsWith('alias/') || !item ? `${base}-${environment}` : `${system}/${environment}/${item}`;
};
