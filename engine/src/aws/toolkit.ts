import type { IIoHost, Toolkit, ToolkitOptions } from '@aws-cdk/toolkit-lib';
import type { ClientConfig } from './call.ts';
import { toAgents } from './proxy.ts';

/** What is looked at of a message of the toolkit. */
export interface ToolkitMessage {
  readonly code?: string | undefined;
  readonly level: string;
  readonly message: string;
  readonly data: unknown;
}

/** What a toolkit is made for. */
export interface ToolkitSettings {
  /** Whether the answer to a question is no; otherwise it is its default. */
  readonly refuses?: (question: Pick<ToolkitMessage, 'code' | 'data'>) => boolean;
  /** Name of the bootstrap stack, where it is not the usual one. */
  readonly toolkitStackName?: string;
  /** What the toolkit offers without a promise that it stays. */
  readonly unstableFeatures?: NonNullable<ToolkitOptions['unstableFeatures']>;
}

/** Gives a toolkit that prints nothing, answers every question with its default, and hands its messages to `onMessage`. */
export async function createToolkit(
  config: ClientConfig | undefined,
  onMessage: (message: ToolkitMessage) => void,
  { refuses = () => false, toolkitStackName, unstableFeatures = [] }: ToolkitSettings = {},
): Promise<Toolkit> {
  const { BaseCredentials, Toolkit } = await loadToolkit();
  const ioHost: IIoHost = {
    notify: async (message) => onMessage(message),
    requestResponse: async (request) =>
      isPaused(request) || refuses(request) ? (false as typeof request.defaultResponse) : request.defaultResponse,
  };
  const keys = config?.credentials;
  const provider = keys ? BaseCredentials.custom({ provider: async () => keys(), region: config.region }) : undefined;
  // The toolkit takes one agent for all endpoints.
  const { httpsAgent, httpAgent } = toAgents();
  const agent = httpsAgent ?? httpAgent;
  const sdkConfig = { ...(provider ? { baseCredentials: provider } : {}), ...(agent ? { httpOptions: { agent } } : {}) };
  return new Toolkit({
    ioHost,
    color: false,
    emojis: false,
    sdkConfig,
    unstableFeatures,
    ...(toolkitStackName ? { toolkitStackName } : {}),
  });
}

/** Whether the toolkit asks to roll a failed stack back by itself: what that would lose it does not look at. */
const isPaused = ({ code, message }: { readonly code?: string; readonly message: string }): boolean =>
  code === 'CDK_TOOLKIT_I5050' && message.includes('paused fail state');

/** Loads the toolkit: a chunk of its own, half a second. */
export const loadToolkit = () => import('@aws-cdk/toolkit-lib');
