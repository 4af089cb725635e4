import { connect as connectPlain, isIP } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

type Connect = HttpsProxyAgent<string>['connect'];

/** Connects through the proxy that the environment names for a host, and to one that NO_PROXY names by itself. */
class EnvironmentAgent extends HttpsProxyAgent<string> {
  override async connect(...[request, options]: Parameters<Connect>): ReturnType<Connect> {
    const { host = '', port, secureEndpoint } = options;
    if (getProxyForUrl(`${secureEndpoint ? 'https' : 'http'}://${host}:${port}`)) return super.connect(request, options);
    const to = { host, port };
    return secureEndpoint ? connectSecurely({ ...to, ...(isIP(host) ? {} : { servername: host }) }) : connectPlain(to);
  }
}

/**
 * Gives the agents that clients of AWS connect with, where the environment of the job names a proxy (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY).
 *
 * Both kinds of endpoints are reached by CONNECT.
 */
export function toAgents(): { readonly httpAgent?: EnvironmentAgent; readonly httpsAgent?: EnvironmentAgent } {
  const toAgent = (scheme: 'http' | 'https') => {
    // NO_PROXY is asked for each host: this one is of no zone of the Internet.
    const proxy = getProxyForUrl(`${scheme}://any.invalid`);
    return proxy ? new EnvironmentAgent(proxy, { keepAlive: true, maxSockets: 50 }) : undefined;
  };
  const [httpAgent, httpsAgent] = [toAgent('http'), toAgent('https')];
  return { ...(httpAgent ? { httpAgent } : {}), ...(httpsAgent ? { httpsAgent } : {}) };
}
