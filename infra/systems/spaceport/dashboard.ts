import { Stack } from 'aws-cdk-lib/core';
import {
  Alarm,
  AlarmWidget,
  Dashboard,
  GraphWidget,
  Metric,
  PeriodOverride,
  TextWidget,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { runbookSection } from '../../lib/runbook.ts';
import type { Blueprint } from './blueprint.ts';

/** What the dashboard shows that has no literal name. */
export interface Watched {
  readonly dronePathApiId: string;
  readonly mlApiId: string;
  readonly pipelineArn: string;
}

/** Makes the dashboard of an environment: every alarm beside a link to its section of the runbook, and what is behind the alarms. */
export function makeDashboard(scope: Construct, { request, names }: Blueprint, watched: Watched): void {
  const alarms = {
    'SpaceportMLPipeline-Failures': names.mlPipelineFailures,
    'SpaceportMLNotification-Errors': names.mlNotificationErrors,
    'SpaceportDronePathApi-Errors': names.dronePathErrors,
    'SpaceportMLApi-Errors': names.mlApiErrors,
  };
  const functions = [names.uploadPresign, names.fileMetadata, names.projects, names.dronePath, names.startMlJob, names.mlNotification];
  const ofFunctions = (metricName: string, statistic: string): readonly IMetric[] =>
    functions.map((FunctionName) => toMetric('AWS/Lambda', metricName, { FunctionName }, statistic, FunctionName));
  const ofApis = (metricName: string, statistic = 'Sum'): readonly IMetric[] => [
    toMetric('AWS/ApiGateway', metricName, { ApiId: watched.dronePathApiId }, statistic, `${metricName} of ${names.dronePathApi}`),
    toMetric('AWS/ApiGateway', metricName, { ApiId: watched.mlApiId }, statistic, `${metricName} of ${names.mlApi}`),
  ];
  const ofPipeline = ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed', 'ExecutionsTimedOut'].map((name) =>
    toMetric('AWS/States', name, { StateMachineArn: watched.pipelineArn }, 'Sum', name),
  );
  new Dashboard(scope, 'Dashboard', {
    dashboardName: names.dashboard,
    periodOverride: PeriodOverride.AUTO,
    widgets: [
      [new TextWidget({ markdown: `# Spaceport, ${request.environment}\nEach alarm has a section in the runbook.`, width: 24, height: 2 })],
      ...Object.entries(alarms).map(([section, name]) => toAlarmRow(scope, section, name)),
      [toGraph('Jobs', ofPipeline), toGraph('Requests', [...ofApis('Count'), ...ofApis('5xx')])],
      [toGraph('Errors of functions', ofFunctions('Errors', 'Sum')), toGraph('Duration of functions, p99', ofFunctions('Duration', 'p99'))],
    ],
  });
}

function toAlarmRow(scope: Construct, section: string, alarmName: string): IWidget[] {
  const arn = Stack.of(scope).formatArn({ service: 'cloudwatch', resource: `alarm:${alarmName}` });
  return [
    new TextWidget({ markdown: `**${alarmName}**\n\n[What it means and what to do](${runbookSection(section)})`, width: 6, height: 4 }),
    new AlarmWidget({ alarm: Alarm.fromAlarmArn(scope, `On${section}`, arn), title: alarmName, width: 18, height: 4 }),
  ];
}

const toMetric = (namespace: string, metricName: string, dimensionsMap: Record<string, string>, statistic: string, label: string): Metric =>
  new Metric({ namespace, metricName, dimensionsMap, statistic, label });

const toGraph = (title: string, left: readonly IMetric[]): GraphWidget => new GraphWidget({ title, left: [...left], width: 12, height: 6 });
