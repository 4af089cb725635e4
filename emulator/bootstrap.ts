import { BootstrapEnvironments, type IIoHost, Toolkit } from '@aws-cdk/toolkit-lib';

import type { Emulator } from './emulator.ts';

/** Says nothing and answers every question with its default. */
const quiet: IIoHost = {
  notify: async () => {},
  requestResponse: async (request) => request.defaultResponse,
};

/**
 * Bootstraps an account and region of the emulator for the CDK (stack `CDKToolkit`), as `cdk bootstrap` does. Harmless when repeated.
 *
 * Half a second; the first time in a process the toolkit's loading comes on top. Works in this process, with the credentials set in
 * `process.env` for the time being: nothing else that reads them may run meanwhile.
 *
 * @throws Error when the bootstrap stack does not deploy
 */
export async function bootstrap(emulator: Emulator, account: string, region = 'us-west-2'): Promise<void> {
  const restore = layOver(emulator.env(account, region));
  try {
    const toolkit = new Toolkit({ ioHost: quiet });
    await toolkit.bootstrap(BootstrapEnvironments.fromList([`aws://${account}/${region}`]));
  } finally {
    restore();
  }
}

function layOver(values: Record<string, string>): () => void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
