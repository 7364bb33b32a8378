import { paginateGetParametersByPath, type SSMClient } from '@aws-sdk/client-ssm';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { experimentListPath } from '../plan/aws-names.ts';
import type { Listings } from '../run/ports.ts';
import { isDenied } from './aws-error.ts';

/**
 * The experiments that an environment is deployed with, as its stacks publish them: lists of ids, parted by commas, in
 * parameters under one path.
 */
export function createSsmListings(options: {
  readonly ssm: SSMClient;
  readonly environment: string;
}): Listings {
  const { ssm, environment } = options;
  const path = experimentListPath(environment);
  return {
    isListed: async (experiment) => {
      try {
        for await (const { Parameters = [] } of paginateGetParametersByPath(
          { client: ssm },
          { Path: path },
        )) {
          if (Parameters.some(({ Value = '' }) => Value.split(',').includes(experiment))) return true;
        }
        return false;
      } catch (thrown) {
        if (!isDenied(thrown)) throw thrown;
        throw new SteadfastError('permission', `AWS refused ssm:GetParametersByPath on ${path}`, {
          hint: 'deploy the runner again',
          cause: thrown,
        });
      }
    },
  };
}
