declare module 'proxy-from-env' {
  /** Gives the proxy for a URL by HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY; an empty text for none. */
  export function getProxyForUrl(url: string): string;
}
