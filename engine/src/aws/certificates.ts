import type { ACMClient } from '@aws-sdk/client-acm';
import { once } from '../once.ts';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** Makes the reading of certificates. */
export function createCertificateReadings(config: ClientConfig): Pick<Readings, 'certificate'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-acm');
    const client: ACMClient = new sdk.ACMClient({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    certificate: ({ arn }) =>
      ask(
        'acm:DescribeCertificate',
        arn,
        async () => {
          const { sdk, client } = await load();
          const { Certificate: found } = await client.send(new sdk.DescribeCertificateCommand({ CertificateArn: arn }));
          const names = new Set([found?.DomainName ?? '', ...(found?.SubjectAlternativeNames ?? [])]);
          return { status: found?.Status ?? '', names: [...names].filter(Boolean) };
        },
        (e) => toErrorName(e) === 'ResourceNotFoundException',
      ),
  };
}
