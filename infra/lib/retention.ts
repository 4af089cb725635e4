import { RemovalPolicy } from 'aws-cdk-lib/core';

/**
 * Gives what becomes of data when its stack goes: it stays, and what a failed creation made goes with the rollback.
 *
 * What is guarded against deletion cannot go with it: the rollback would fail, so there it stays too.
 *
 * @source docs/decisions/0005-data-after-a-failed-creation.md
 */
export const toRetention = ({ guarded }: { readonly guarded: boolean }): RemovalPolicy =>
  guarded ? RemovalPolicy.RETAIN : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
