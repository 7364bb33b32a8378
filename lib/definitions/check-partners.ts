import type { Problem } from '../experiment/steadfast-error.ts';
import { campaignPartnersOf } from '../plan/campaign-partners.ts';
import { type LoadedEnvironment, placed } from './load-definition.ts';
import type { Project } from './project.ts';
import { withSuggestion } from './suggest.ts';
import { valueAt } from './value-at.ts';

/** What is wrong with the partners that an environment names, each problem with file, line and suggestion. */
export const problemsOfPartners = (
  environment: LoadedEnvironment,
  { environments }: Pick<Project, 'environments'>,
): Problem[] =>
  campaignPartnersOf(
    environment.parsed,
    environments.map(({ parsed }) => parsed),
  ).problems.map((problem) =>
    placed(withSuggestion(problem, valueAt(environment.definition, problem.path)), environment),
  );
