import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** Where Debian and others install Chromium; undefined where there is none. */
export const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** One page in a browser of its own. */
export interface Page {
  /** Opens an address, and resolves when it is loaded. */
  open(url: string): Promise<void>;
  /** Gives the value of a JavaScript expression in the page. */
  evaluate<T>(expression: string): Promise<T>;
  /** Gives what assistive technology sees: role and name of each node that has both or counts without a name. */
  accessible(): Promise<readonly { readonly role: string; readonly name: string }[]>;
  /** Presses a key, such as `Tab`. */
  press(key: string): Promise<void>;
  /** Shows the page as a reader with that scheme and width sees it. */
  show(scheme: 'light' | 'dark', width: number): Promise<void>;
  /** Gives a picture of the whole page: a PNG. */
  picture(): Promise<Buffer>;
  /** Addresses of all requests of the page. */
  readonly requests: readonly string[];
  /** Everything that the page complained of: console, exceptions, its own policy. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

type Message = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: never;
  readonly result?: never;
  readonly error?: { message: string };
};
type Send = <T>(method: string, params?: object) => Promise<T>;

/**
 * Starts a Chromium without a window, with a profile that goes away with it.
 *
 * @source Chrome DevTools Protocol, over the pipe of `--remote-debugging-pipe`: messages end with a zero byte
 */
export async function startChromium(path: string): Promise<Page> {
  const profile = mkdtempSync(join(tmpdir(), 'spaceport-chromium-'));
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--hide-scrollbars'];
  const child = spawn(path, [...flags, '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: profile },
  });
  const requests: string[] = [];
  const complaints: string[] = [];
  const loaded: (() => void)[] = [];
  const send = talk(child, {
    'Network.requestWillBeSent': ({ request }: { request: { url: string } }) => requests.push(request.url),
    'Log.entryAdded': ({ entry }: { entry: { text: string } }) => complaints.push(entry.text),
    'Runtime.consoleAPICalled': ({ type }: { type: string }) => complaints.push(type),
    'Runtime.exceptionThrown': ({ exceptionDetails }: { exceptionDetails: { text: string } }) => complaints.push(exceptionDetails.text),
    'Page.loadEventFired': () => loaded.splice(0).forEach((done) => done()),
  });
  const { targetInfos } = await send<{ targetInfos: { targetId: string; type: string }[] }>('Target.getTargets');
  const targetId = targetInfos.find((t) => t.type === 'page')?.targetId;
  const { sessionId } = await send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
  const ask: Send = (method, params) => send(method, { sessionId, ...params });
  for (const domain of ['Page', 'Runtime', 'Log', 'Network', 'Accessibility', 'DOM']) await ask(`${domain}.enable`);
  return {
    requests,
    complaints,
    open: async (url) => {
      const done = new Promise<void>((resolve) => loaded.push(resolve));
      await ask('Page.navigate', { url });
      await done;
    },
    evaluate: async <T>(expression: string) =>
      (await ask<{ result: { value: T } }>('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })).result.value,
    accessible: async () => {
      const { nodes } = await ask<{ nodes: { ignored: boolean; role?: { value: string }; name?: { value: string } }[] }>(
        'Accessibility.getFullAXTree',
      );
      return nodes.filter((n) => !n.ignored).map((n) => ({ role: n.role?.value ?? '', name: n.name?.value ?? '' }));
    },
    press: async (key) => {
      for (const type of ['rawKeyDown', 'keyUp'])
        await ask('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode: { Tab: 9, Enter: 13 }[key] ?? 0 });
    },
    show: async (scheme, width) => {
      await ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
      await ask('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: false });
    },
    picture: async () =>
      Buffer.from((await ask<{ data: string }>('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true })).data, 'base64'),
    close: async () => {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Gives what sends a command and resolves with its result; events go to `on`. */
function talk(child: ChildProcess, on: Readonly<Record<string, (params: never) => unknown>>): Send {
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (e: Error) => void }>();
  let lastId = 0;
  let rest = Buffer.alloc(0);
  const take = ({ id, method, params, result, error }: Message): void => {
    if (id === undefined) return void on[method ?? '']?.(params as never);
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(error.message));
    else asked?.resolve(result as never);
  };
  output.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      take(JSON.parse(rest.subarray(0, end).toString('utf8')) as Message);
      rest = rest.subarray(end + 1);
    }
  });
  child.once('close', () => waiting.forEach(({ reject }) => reject(new Error('Chromium ended'))));
  return (method, params = {}) =>
    new Promise((resolve, reject) => {
      const { sessionId, ...asked } = params as { sessionId?: string };
      waiting.set(++lastId, { resolve, reject });
      input.write(`${JSON.stringify({ id: lastId, method, params: asked, ...(sessionId ? { sessionId } : {}) })}\0`);
    });
}
