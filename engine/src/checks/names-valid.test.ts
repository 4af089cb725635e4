import { bucket } from '../../../test/fakes/assembly.ts';
import { testCases } from '../../../test/fakes/check-cases.ts';

const booted = {
  before: ({ aws }: { aws: { bootstraps: Map<string, number> } }) =>
    void aws.bootstraps.set('eu-west-1 /cdk-bootstrap/hnb659fds/version', 21),
};
const database = { Type: 'AWS::Glue::Database', Properties: { DatabaseName: 'shop' } };
const certificate = { Type: 'AWS::IAM::ServerCertificate', Properties: { ServerCertificateName: 'shop' } };

testCases(
  ['PF123', 'PF128'],
  [
    {
      code: 'PF128',
      name: 'two stacks of one name',
      stacks: { Blue: { name: 'Shop', resources: { A: bucket('a-1') } }, Green: { name: 'Shop', resources: { B: bucket('b-1') } } },
      told: ['Shop: Blue and Green are both the stack Shop of 111111111111/us-west-2.'],
    },
    {
      code: 'PF128',
      name: 'one name in two regions',
      stacks: { Blue: { name: 'Shop' }, Green: { name: 'Shop', region: 'eu-west-1' } },
      options: booted,
    },
    {
      code: 'PF123',
      name: 'a name of a type that only its schema knows, in two stacks',
      stacks: { Blue: { resources: { D: database } }, Green: { resources: { D: database } } },
      told: ['Green/D: The AWS::Glue::Database name shop is used by Blue/D too.'],
    },
    {
      code: 'PF123',
      name: 'a name without a region, in two regions',
      stacks: { Blue: { resources: { C: certificate } }, Green: { region: 'eu-west-1', resources: { C: certificate } } },
      options: booted,
      told: ['Green/C: The AWS::IAM::ServerCertificate name shop is used by Blue/C too.'],
    },
    {
      code: 'PF123',
      name: 'such a name in two regions',
      stacks: { Blue: { resources: { D: database } }, Green: { region: 'eu-west-1', resources: { D: database } } },
      options: booted,
    },
  ],
);
