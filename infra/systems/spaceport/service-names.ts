import { regionalName } from '../../../engine/src/names.ts';
import type { SynthTarget } from '../../../engine/src/system.ts';
import type { Named } from '../../lib/named.ts';

const rows = {
  lambdaRole: ['AWS::IAM::Role', 'Spaceport-Lambda-Role'],
  mlLambdaRole: ['AWS::IAM::Role', 'Spaceport-ML-Lambda-Role'],
  sageMakerRole: ['AWS::IAM::Role', 'Spaceport-SageMaker-Role'],
  uploadPresign: ['AWS::Lambda::Function', 'Spaceport-UploadPresign'],
  fileMetadata: ['AWS::Lambda::Function', 'Spaceport-FileMetadata'],
  dronePathApi: ['AWS::ApiGatewayV2::Api', 'spaceport-drone-path-api'],
  dronePathApiLogs: ['AWS::Logs::LogGroup', '/aws/vendedlogs/spaceport-drone-path-api'],
  users: ['AWS::Cognito::UserPool', 'Spaceport-Users'],
  webClient: ['AWS::Cognito::UserPoolClient', 'Spaceport-Web'],
} as const;

/** The id of one of spaceport's service resources: those that hold no data and are never shared or imported. */
export type ServiceId = keyof typeof rows;

/** Gives the names of the service resources by id, each with its environment, in the target's region. */
export function serviceNames(target: SynthTarget): Readonly<Record<ServiceId, Named>> {
  const names = Object.entries(rows).map(([id, [type, base]]): [string, Named] => [
    id,
    { type, name: regionalName(type, `${base}-${target.environment}`, target) },
  ]);
  return Object.fromEntries(names) as Record<ServiceId, Named>;
}
