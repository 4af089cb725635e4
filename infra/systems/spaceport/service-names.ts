import { regionalName } from '../../../engine/src/names.ts';
import type { SynthTarget } from '../../../engine/src/system.ts';
import type { Named } from '../../lib/named.ts';

const rows = {
  users: ['AWS::Cognito::UserPool', 'Spaceport-Users'],
  webClient: ['AWS::Cognito::UserPoolClient', 'Spaceport-Web'],
  lambdaRole: ['AWS::IAM::Role', 'Spaceport-Lambda-Role'],
  dronePathRole: ['AWS::IAM::Role', 'Spaceport-DronePath-Role'],
  uploadPresign: ['AWS::Lambda::Function', 'Spaceport-UploadPresign'],
  fileMetadata: ['AWS::Lambda::Function', 'Spaceport-FileMetadataApi'],
  projects: ['AWS::Lambda::Function', 'Spaceport-ProjectsApi'],
  dronePath: ['AWS::Lambda::Function', 'Spaceport-DronePath'],
  dronePathApi: ['AWS::ApiGatewayV2::Api', 'spaceport-drone-path-api'],
  dronePathApiLogs: ['AWS::Logs::LogGroup', '/aws/vendedlogs/spaceport-drone-path-api'],
  alarmTopic: ['AWS::SNS::Topic', 'Spaceport-Alarms'],
  topicKey: ['AWS::KMS::Alias', 'alias/spaceport-topics'],
  dronePathErrors: ['AWS::CloudWatch::Alarm', 'SpaceportDronePathApi-Errors'],
  mlLambdaRole: ['AWS::IAM::Role', 'Spaceport-ML-Lambda-Role'],
  mlNotificationRole: ['AWS::IAM::Role', 'Spaceport-ML-Notification-Role'],
  mlPipelineRole: ['AWS::IAM::Role', 'Spaceport-ML-Pipeline-Role'],
  sageMakerRole: ['AWS::IAM::Role', 'Spaceport-SageMaker-Role'],
  startMlJob: ['AWS::Lambda::Function', 'Spaceport-StartMLJob'],
  mlNotification: ['AWS::Lambda::Function', 'Spaceport-MLNotification'],
  mlPipeline: ['AWS::StepFunctions::StateMachine', 'Spaceport-MLPipeline'],
  mlPipelineLogs: ['AWS::Logs::LogGroup', '/aws/vendedlogs/states/Spaceport-MLPipeline'],
  resultTopic: ['AWS::SNS::Topic', 'Spaceport-ML-Results'],
  mlApi: ['AWS::ApiGatewayV2::Api', 'spaceport-ml-api'],
  mlApiLogs: ['AWS::Logs::LogGroup', '/aws/vendedlogs/spaceport-ml-api'],
  mlApiErrors: ['AWS::CloudWatch::Alarm', 'SpaceportMLApi-Errors'],
  mlPipelineFailures: ['AWS::CloudWatch::Alarm', 'SpaceportMLPipeline-Failures'],
  mlNotificationErrors: ['AWS::CloudWatch::Alarm', 'SpaceportMLNotification-Errors'],
  dashboard: ['AWS::CloudWatch::Dashboard', 'Spaceport'],
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
