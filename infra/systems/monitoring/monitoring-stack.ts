import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import { Alarm, ComparisonOperator, TreatMissingData, type IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import { BurnRateAlarms } from '../../lib/burn-rate.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import { toAlarms, type AlarmRow } from './alarms.ts';
import type { ApiStack } from './api-stack.ts';
import type { Blueprint } from './blueprint.ts';
import type { ComputeStack, Foundation } from './compute-stack.ts';
import { makeObjectives, makeOverview, type LinkedAlarm } from './dashboards.ts';
import { indicatorsOf, type Indicators } from './indicators.ts';

/** What watches the watcher: alarms, objectives with their error budgets, and two dashboards. */
export class MonitoringStack extends Stack {
  constructor(scope: Construct, id: string, blueprint: Blueprint, foundation: Foundation, { functions }: ComputeStack, { api }: ApiStack) {
    super(scope, id, toStackProps(blueprint.request, 'Monitoring: alarms, objectives and dashboards'));
    Tags.of(this).add('stack', id);
    const { request, data, names } = blueprint;
    const indicators = indicatorsOf({
      apiName: names.api,
      stage: api.api.deploymentStage.stageName,
      environment: request.environment,
      fastMs: data.objectives.fastMs,
    });
    const action = new SnsAction(foundation.messaging.alerts);
    const alarms = toAlarms(blueprint, foundation, functions, indicators).map((row) => this.#addAlarm(row, blueprint, action));
    const burning = this.#addObjectives(blueprint, indicators, action);
    const overview = makeOverview(this, blueprint, foundation, Object.values(functions), indicators, [...alarms, ...burning]);
    makeObjectives(this, blueprint, indicators, burning);
    new CfnOutput(this, 'DashboardName', { value: overview.dashboardName, description: 'Dashboard of what runs' });
  }

  #addAlarm(row: AlarmRow, { request, settings }: Blueprint, action: IAlarmAction): LinkedAlarm {
    const link = `${settings.runbook}#${row.section}`;
    const [datapointsToAlarm, evaluationPeriods] = row.of ?? [1, 1];
    const name = `monitoring-${row.id}-${request.environment}`;
    const alarm = new Alarm(this, row.id, {
      alarmName: name,
      alarmDescription: `${row.says}. ${link}`,
      metric: row.metric,
      threshold: row.threshold,
      comparisonOperator: row.comparison ?? ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods,
      datapointsToAlarm,
      treatMissingData: row.missing ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return { alarm, name, says: row.says, link };
  }

  #addObjectives({ request, data, settings }: Blueprint, indicators: Indicators, action: IAlarmAction): readonly LinkedAlarm[] {
    const { availablePercent, fastPercent, fastMs } = data.objectives;
    const rows = [
      { id: 'availability', target: availablePercent, bad: indicators.failed, says: `${availablePercent} % of the requests must not fail` },
      {
        id: 'latency',
        target: fastPercent,
        bad: indicators.slow,
        says: `${fastPercent} % of the requests must be answered within ${fastMs} ms`,
      },
    ];
    return rows.flatMap(({ id, target, bad, says }) => {
      const link = `${settings.runbook}#error-budget`;
      const { alarms } = new BurnRateAlarms(this, `${id}-budget`, {
        name: `monitoring-${id}-budget`,
        suffix: request.environment,
        targetPercent: target,
        bad,
        total: indicators.requests,
        description: `The error budget is spent too fast: ${says} over 30 days. ${link}`,
        action,
      });
      return alarms.map((alarm) => ({
        alarm,
        name: `monitoring-${id}-budget-${alarm.node.id}-${request.environment}`,
        says: `The error budget goes too fast: ${says}`,
        link,
      }));
    });
  }
}
