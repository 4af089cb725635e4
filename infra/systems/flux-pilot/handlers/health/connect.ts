import { createConnection } from 'node:net';

/** Opens a connection to a port and closes it again. @throws Error when that fails, or takes longer than `timeoutMs`. */
export function connectTo(host: string, port: number, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port, timeout: timeoutMs });
    const end = (error?: Error): void => {
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end(new Error(`No answer in ${timeoutMs} ms`)));
    socket.once('error', end);
  });
}
