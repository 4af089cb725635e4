import { CfnOutput } from 'aws-cdk-lib/core';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { balancerServices } from '../../environments/balancer.ts';
import { linkedAlarm } from '../../lib/linked-alarm.ts';
import { letAlarmsPublish, MailTopic, topicKey } from '../../lib/mail-topic.ts';
import { toAlarms, type EntranceNames } from './alarms.ts';
import { BalancerStack } from './balancer-stack.ts';
import type { Blueprint } from './blueprint.ts';
import { makeDashboard } from './dashboard.ts';
import { logExports } from './export-names.ts';
import { errorMetric, metricNamespace } from './part-names.ts';

/** What watches: alarms, whom they tell, and a dashboard of all that runs. */
export class MonitoringStack extends BalancerStack {
  constructor(scope: Construct, blueprint: Blueprint) {
    super(scope, 'monitoring', blueprint, 'alarms and dashboard');
    const { names, settings, request } = blueprint;
    const { topic } = new MailTopic(this, 'Alerts', {
      topicName: names.alerts,
      key: topicKey(this, 'AlertsKey', names.alertsKey),
      emails: settings.alertEmails,
      addresses: settings.pagerDutyEndpoint ? [settings.pagerDutyEndpoint] : [],
    });
    letAlarmsPublish(topic);
    this.#countErrors();
    const entrance: EntranceNames = { LoadBalancer: this.take('albFullName'), TargetGroup: this.take('apiTargetGroupFullName') };
    const alarms = toAlarms(blueprint, entrance).map((row) => {
      const link = `${settings.runbookUrl}#${row.section}`;
      const alarmName = `v3-backend-${request.environment}-${row.id}`;
      const alarm = linkedAlarm(this, row.id, { ...row, alarmName, runbookUrl: link, topics: [topic.topicArn] });
      return { alarm, says: row.says, link };
    });
    makeDashboard(this, blueprint, entrance, alarms);
    new CfnOutput(this, 'AlertsTopicArn', { value: topic.topicArn, description: 'Topic of the alerts' });
  }

  /** Makes a metric of the lines that say `error`. */
  #countErrors(): void {
    for (const id of balancerServices)
      new MetricFilter(this, `${id}-error-lines`, {
        logGroup: LogGroup.fromLogGroupName(this, `${id}-log`, this.take(logExports[id])),
        filterPattern: FilterPattern.stringValue('$.level', '=', 'error'),
        metricNamespace: metricNamespace(this.blueprint.request.environment),
        metricName: errorMetric(id),
        metricValue: '1',
      });
  }
}
