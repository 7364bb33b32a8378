import * as z from 'zod';
import { percentage, positiveDuration } from '../fis/quantity.ts';
import { logicalName } from './names.ts';

/** Over how long an objective is counted, where nobody says. */
const defaultObjectiveOver = '30d';

/** What users of a service are promised; what may fail of it is its error budget. */
export const objectiveSchema = z
  .strictObject({
    availability: percentage().optional().describe('The share of requests that succeed, such as `99.9%`.'),
    over: positiveDuration()
      .prefault(defaultObjectiveOver)
      .describe(`Over how long that is counted (default ${defaultObjectiveOver}).`),
    requests: logicalName()
      .optional()
      .describe(
        'A metric of this environment that counts its requests in each period (statistic `Sum`): it tells how many are at risk.',
      ),
  })
  .refine(({ availability, requests }) => availability !== undefined || requests !== undefined, {
    error: "say 'availability', 'requests' or both",
  })
  .refine(({ availability }) => availability?.ratio !== 1, {
    error: 'leaves no error budget: nothing may ever fail',
    path: ['availability'],
  });

export type Objective = z.output<typeof objectiveSchema>;

/** Metrics that objectives name and an environment does not have. */
export const unknownRequestsIn = (
  services: Readonly<Record<string, { readonly objective?: Objective | undefined }>>,
  metrics: Readonly<Record<string, unknown>> = {},
) =>
  Object.entries(services).flatMap(([service, { objective }]) => {
    const name = objective?.requests;
    return name === undefined || Object.hasOwn(metrics, name)
      ? []
      : [
          {
            code: 'custom' as const,
            path: ['services', service, 'objective', 'requests'],
            message: `no metric is called '${name}'`,
            params: { code: 'unknown-name', candidates: Object.keys(metrics) },
          },
        ];
  });
