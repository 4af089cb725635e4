import type { Log } from '../../../../handlers/log.ts';

/**
 * The parts of CloudFormation's request to a custom resource that are read here.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes.html
 */
export interface ResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
}

/** What becomes of a custom resource: its id, and its attributes for the template. */
export interface Made {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Sends an answer to the address that CloudFormation waits at. @throws Error when it is not taken. */
export type Send = (url: string, body: string) => Promise<void>;

/**
 * Makes a Lambda handler that tells CloudFormation what `make` gives, or why it failed.
 *
 * What is thrown is logged and becomes the reason of the failed resource, so that nobody waits for an hour. There is nothing to
 * delete. An answer that CloudFormation does not take is thrown: Lambda then tries again.
 */
export function serveResource(
  make: (properties: ResourceEvent['ResourceProperties']) => Promise<Made>,
  send: Send,
  log: Log,
): (event: ResourceEvent) => Promise<void> {
  return async (event) => {
    const { RequestType, StackId, RequestId, LogicalResourceId, PhysicalResourceId = 'none' } = event;
    const fields = { request: RequestType, requestId: RequestId, stack: StackId, resource: LogicalResourceId };
    const answer = (rest: Readonly<Record<string, unknown>>): Promise<void> =>
      send(event.ResponseURL, JSON.stringify({ StackId, RequestId, LogicalResourceId, PhysicalResourceId, ...rest }));
    if (RequestType === 'Delete') return answer({ Status: 'SUCCESS' });
    const made = await make(event.ResourceProperties).catch((cause: unknown) => {
      log.error('failed', fields, cause);
      return toReason(cause);
    });
    if (typeof made === 'string') return answer({ Status: 'FAILED', Reason: made });
    log.info('made', { ...fields, id: made.id, ...made.attributes });
    return answer({ Status: 'SUCCESS', PhysicalResourceId: made.id, Data: made.attributes });
  };
}

/** CloudFormation takes 4096 bytes in all. */
const toReason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause)).slice(0, 1000);
