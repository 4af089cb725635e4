/** Where each service says that it is well. */
export const healthPaths = { frontend: '/health', backend: '/api/v1/health' } as const;

/** The header with the origin key, which CloudFront alone knows. */
export const originHeader = 'x-cloudweave-origin';

/** The header with the address of the user; CloudFront sets it, whatever the user sent. */
export const viewerHeader = 'x-cloudweave-viewer';

/** Gives the name by which CloudFront finds the load balancer: a certificate is for a name. */
export const originName = (domain: string): string => `origin.${domain}`;
