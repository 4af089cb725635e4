import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server in front of an emulator that answers later, and counts. */
export interface Delay {
  readonly endpoint: string;
  /** How many calls there were since the last `reset`. */
  readonly calls: () => number;
  readonly reset: () => void;
  readonly stop: () => void;
}

/** Starts one on a free port: every call takes `latencyMs` longer than at `target`. */
export async function startDelay(target: string, latencyMs: number): Promise<Delay> {
  let calls = 0;
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    calls++;
    const { method, url, headers } = incoming;
    const body: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => body.push(chunk));
    incoming.on('end', () =>
      setTimeout(() => {
        const inner = request({ hostname, port, method, path: url, headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        });
        inner.on('error', () => outgoing.destroy());
        inner.end(Buffer.concat(body));
      }, latencyMs),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    reset: () => void (calls = 0),
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
