import { type FisClient, paginateListExperiments } from '@aws-sdk/client-fis';
import type { ActiveExperiment, Capacity } from '../run/ports.ts';
import { isTerminal, statusOf } from './fis-experiment.ts';

/** The experiments of FIS that have not ended, of every team in the account and Region. */
export function createFisCapacity(options: { readonly fis: FisClient }): Capacity {
  return {
    active: async () => {
      const active: ActiveExperiment[] = [];
      for await (const page of paginateListExperiments({ client: options.fis }, { maxResults: 100 })) {
        for (const { id, state, tags = {} } of page.experiments ?? []) {
          const status = statusOf(state);
          if (id === undefined || isTerminal(status)) continue;
          const { 'steadfast:run': runId, 'steadfast:environment': environment } = tags;
          active.push({
            id,
            status,
            ...(runId === undefined ? {} : { runId }),
            ...(environment === undefined ? {} : { environment }),
            isPreview: tags['steadfast:preview'] === 'true',
          });
        }
      }
      return active;
    },
  };
}
