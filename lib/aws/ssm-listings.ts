import { paginateGetParametersByPath, type SSMClient } from '@aws-sdk/client-ssm';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { experimentListPath } from '../plan/aws-names.ts';
import { planMarkIn } from '../plan/experiment-list.ts';
import type { Listings } from '../run/ports.ts';
import { isDenied } from './aws-error.ts';

/** The experiments that an environment is deployed with, as its stacks publish them in parameters under one path. */
export function createSsmListings(options: {
  readonly ssm: SSMClient;
  readonly environment: string;
}): Listings {
  const { ssm, environment } = options;
  const path = experimentListPath(environment);
  return {
    look: async (experiment, plan) => {
      let found: 'absent' | 'changed' = 'absent';
      try {
        for await (const { Parameters = [] } of paginateGetParametersByPath(
          { client: ssm },
          { Path: path },
        )) {
          for (const { Value = '' } of Parameters) {
            const listed = planMarkIn(Value, experiment);
            if (listed === undefined) continue;
            if (listed.plan === undefined || listed.plan === plan) return 'listed';
            found = 'changed';
          }
        }
        return found;
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
