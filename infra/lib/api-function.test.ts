import { App, Stack } from 'aws-cdk-lib/core';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ApiFunction } from './api-function.ts';

test('without a built handler it says what builds it', () => {
  const stack = new Stack(new App(), 'Stack');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const logs = { retentionDays: 30, keepAfterStack: false } as const;
  const make = (): ApiFunction => new ApiFunction(stack, 'Function', { functionName: 'f', description: 'd', code: '/nowhere/f', role, memoryMb: 128, timeoutSeconds: 3, logs, variables: {} });
  expect(make).toThrow('There is no handler at /nowhere/f; tools/build-handlers.ts builds them');
});
