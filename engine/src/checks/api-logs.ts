import { isSamePlace } from '../assembly/surroundings.ts';
import { toText } from '../assembly/evaluate.ts';
import type { Facts } from '../facts.ts';
import { finding } from '../finding.ts';
import { judgeAnswer, type Check } from './check.ts';
import { parseArn, toPart, toParts, toReferred } from './properties.ts';
import { isPropertyTouched, toAsked, toTouched, type Touched } from './touched.ts';

/**
 * Whether API Gateway has the role that it needs to write logs, where stages of REST and WebSocket APIs begin to. An access log
 * that goes to a stream of Firehose needs none.
 *
 * @source https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export const apiLogs: Check = {
  name: 'logs of APIs',
  tier: 'read',
  judge: ({ templates }, ask) =>
    toTouched(toAsked(templates), (type) => /^AWS::ApiGateway(V2)?::Stage$/.test(type))
      .filter((stage) => writesLogs(stage) && !isRoleMade(templates, stage))
      .flatMap(({ facts: { at }, place }) =>
        judgeAnswer(ask(at, 'apiLogsRole', {}), 'role for the logs of APIs', place, (role) =>
          role
            ? []
            : [finding('PF287', `The stage writes logs, and API Gateway has no CloudWatch role in ${at.account}/${at.region}.`, place)],
        ),
      ),
};

const isLevel = (value: unknown): boolean => ['INFO', 'ERROR'].includes(toText(value) ?? '');

/** An HTTP API needs no role for its access log, and has no log of executions. */
function writesLogs(stage: Touched): boolean {
  const { type, properties } = stage;
  if (type === 'AWS::ApiGatewayV2::Stage')
    return isPropertyTouched(stage, 'DefaultRouteSettings') && isLevel(toPart(properties, 'DefaultRouteSettings.LoggingLevel'));
  return (
    (isPropertyTouched(stage, 'AccessLogSetting') && isLogged(toPart(properties, 'AccessLogSetting.DestinationArn'), stage)) ||
    (isPropertyTouched(stage, 'MethodSettings') && toParts(properties, 'MethodSettings.LoggingLevel').some(isLevel))
  );
}

/** Whether an access log goes to CloudWatch Logs. */
const isLogged = (destination: unknown, { facts: { resources } }: Touched): boolean =>
  destination !== undefined &&
  parseArn(destination)?.service !== 'firehose' &&
  !resources.some((r) => r.logicalId === toReferred(destination) && r.type === 'AWS::KinesisFirehose::DeliveryStream');

/** Whether a stack of the run sets the role, which is one for the account and region. */
const isRoleMade = (templates: Facts['templates'], { facts: { at } }: Touched): boolean =>
  templates.some((s) => isSamePlace(s.at, at) && s.resources.some((r) => r.type === 'AWS::ApiGateway::Account'));
