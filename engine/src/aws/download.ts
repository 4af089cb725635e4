import { get as getPlain } from 'node:http';
import { get as getSecurely } from 'node:https';
import { toAgents } from './proxy.ts';

/**
 * Gives the content of an address that AWS gave, through the proxy of the job where there is one.
 *
 * @throws when it is not answered with 200, or for longer than `timeoutMs`.
 */
export function download(address: string, timeoutMs: number): Promise<Uint8Array> {
  const { httpAgent, httpsAgent } = toAgents();
  const isPlain = address.startsWith('http:');
  const agent = isPlain ? httpAgent : httpsAgent;
  const options = { signal: AbortSignal.timeout(timeoutMs), ...(agent ? { agent } : {}) };
  return new Promise((resolve, reject) => {
    const request = (isPlain ? getPlain : getSecurely)(address, options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200 ? resolve(Buffer.concat(parts)) : reject(new Error(`it is answered with ${response.statusCode}`)),
      );
    });
    request.on('error', reject);
  });
}
