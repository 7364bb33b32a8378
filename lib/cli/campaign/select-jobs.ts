import type { CampaignEnvironment, CampaignJob } from '../../campaign/campaign.ts';
import { campaignJobOf } from '../../campaign/job-of.ts';
import { placed } from '../../definitions/load-definition.ts';
import { isMeant, type Project } from '../../definitions/project.ts';
import { hintFor } from '../../definitions/suggest.ts';
import { type Problem, SteadfastError } from '../../experiment/steadfast-error.ts';
import { blackoutIntervals, planBlackoutsOf } from '../../plan/blackouts.ts';
import { planTargetOfEnvironment } from '../../plan/environment-target.ts';
import { hashOf } from '../../plan/hash.ts';
import { problemsOf } from '../../plan/problems.ts';

/** What a campaign is planned from, and the hash of each definition, by job. */
export interface Selection {
  readonly jobs: readonly CampaignJob[];
  readonly environments: readonly CampaignEnvironment[];
  readonly hashes: ReadonlyMap<string, string>;
}

/**
 * The deployments of a project that are asked for; all of them where nothing is.
 *
 * @throws SteadfastError `unknown-id` for a name that nothing has, `invalid` where nothing is left, or where an experiment cannot run
 */
export function selectJobs(
  project: Project,
  asked: {
    readonly environments: readonly string[] | undefined;
    readonly experiments: readonly string[] | undefined;
    readonly fromMs: number;
    readonly untilMs: number;
  },
): Selection {
  const environments = named('environment', project.environments, asked.environments, project);
  const experiments = named('experiment', project.experiments, asked.experiments, project);
  const jobs: CampaignJob[] = [];
  const hashes = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { definition, parsed } of environments) {
    const target = planTargetOfEnvironment(definition, parsed);
    for (const experiment of experiments) {
      if (experiment.parsed.environments?.[parsed.id] === undefined) continue;
      const own = problemsOf(experiment.parsed, target).filter(({ severity }) => severity !== 'note');
      problems.push(...own.map((problem) => placed(problem, experiment)));
      if (own.length > 0) continue;
      const job = campaignJobOf(experiment.parsed, target);
      jobs.push(job);
      hashes.set(job.id, hashOf(experiment.definition));
    }
  }
  if (problems.length > 0)
    throw new SteadfastError('invalid', 'experiments cannot run where they are to', { problems });
  if (jobs.length === 0) {
    throw new SteadfastError(
      'invalid',
      'there is nothing to plan: none of these experiments is deployed there',
      {
        hint: 'an experiment is deployed where its environments name it; steadfast list shows that',
      },
    );
  }
  const used = environments.filter(({ id }) => jobs.some(({ environment }) => environment === id));
  return { jobs, hashes, environments: used.map(({ parsed }) => campaignEnvironmentOf(parsed, asked)) };
}

function campaignEnvironmentOf(
  { id, account, region, limits, blackouts }: Project['environments'][number]['parsed'],
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): CampaignEnvironment {
  const intervals = blackoutIntervals(planBlackoutsOf(blackouts), fromMs, untilMs).map(
    ({ fromMs, toMs }) => ({ fromMs, toMs }),
  );
  return { id, account, region, runs: limits.runs, blackouts: intervals };
}

/** Those of a kind that are asked for by id. */
function named<T extends { readonly id: string }>(
  kind: 'environment' | 'experiment',
  all: readonly T[],
  ids: readonly string[] | undefined,
  { broken }: Project,
): readonly T[] {
  if (ids === undefined) return all;
  const known = all.map(({ id }) => id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    const itself = broken.find((one) => one.kind === kind && isMeant(one, id));
    if (itself !== undefined)
      throw new SteadfastError('invalid', `the ${kind} '${id}' is not valid`, { problems: itself.problems });
    throw new SteadfastError('unknown-id', `there is no ${kind} '${id}'`, {
      hint: hintFor(id, known),
    });
  }
  return all.filter(({ id }) => ids.includes(id));
}

/**
 * The environment whose dispatcher starts what runs in one account and Region: it must be allowed to start the others' experiments.
 *
 * @throws SteadfastError `invalid` where none is
 */
export function dispatcherOf(project: Project, environments: readonly CampaignEnvironment[]): string {
  const ids = environments.map(({ id }) => id);
  const leader = ids.find((id) => {
    const dispatches = project.environments.find((one) => one.id === id)?.parsed.dispatches ?? [];
    return ids.every((other) => other === id || dispatches.includes(other));
  });
  if (leader !== undefined) return leader;
  const [first = '', ...others] = ids;
  const { account, region } = environments[0] ?? { account: '', region: '' };
  throw new SteadfastError(
    'invalid',
    `${ids.join(' and ')} share the places of ${account} ${region}, and none of them dispatches for the others`,
    {
      hint: `add dispatches: [${others.map((id) => `'${id}'`).join(', ')}] to ${first} and deploy it, or plan each alone with --env`,
    },
  );
}
