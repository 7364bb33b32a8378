import { type FisClient, paginateListExperimentTemplates } from '@aws-sdk/client-fis';
import { tagKeys } from '../../plan/aws-names.ts';
import { createFisCapacity } from '../fis-capacity.ts';
import { asking } from './aws-problem.ts';

/** A template of FIS, as its tags tell whose it is. */
export interface ListedTemplate {
  readonly id: string;
  readonly environment: string | undefined;
  readonly experiment: string | undefined;
}

/** All templates of the account and Region, those of other teams too. */
export const fisTemplates = (fis: FisClient): Promise<readonly ListedTemplate[]> =>
  asking({ action: 'fis:ListExperimentTemplates' }, async () => {
    const found: ListedTemplate[] = [];
    for await (const { experimentTemplates = [] } of paginateListExperimentTemplates(
      { client: fis },
      { maxResults: 100 },
    ))
      for (const { id = '', tags = {} } of experimentTemplates)
        found.push({ id, environment: tags[tagKeys.environment], experiment: tags[tagKeys.experiment] });
    return found;
  });

/** The experiments of FIS that have not ended, of every team in the account and Region. */
export const activeExperiments = (fis: FisClient) =>
  asking({ action: 'fis:ListExperiments' }, () => createFisCapacity({ fis }).active());
