import { once } from 'node:events';
import { parseArgs } from 'node:util';

import { startEmulator } from './emulator.ts';

/** `npm run emulator`: an emulated AWS in the foreground until Ctrl-C, and what to paste into another shell to use it. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4566' },
    account: { type: 'string', default: '111111111111' },
    region: { type: 'string', default: 'us-west-2' },
    log: { type: 'string' },
  },
});
try {
  await serve(Number(values.port), values.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function serve(port: number, log: string | undefined): Promise<void> {
  const emulator = await startEmulator({ port, ...(log === undefined ? {} : { log }) });
  const variables = Object.entries(emulator.env(values.account, values.region));
  console.log(`The emulated AWS answers at ${emulator.endpoint} until Ctrl-C. To use it as account ${values.account}:\n`);
  console.log(variables.map(([name, value]) => `export ${name}=${value}`).join('\n'));
  const keepAlive = setInterval(() => {}, 60_000);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  clearInterval(keepAlive);
  await emulator.stop();
}
