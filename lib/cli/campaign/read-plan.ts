import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CampaignPart, type PlanDocument, planDocumentSchema } from '../../campaign/plan-document.ts';
import type { Project } from '../../definitions/project.ts';
import { messageOf, type Problem, SteadfastError } from '../../experiment/steadfast-error.ts';
import { hashOf } from '../../plan/hash.ts';

const planAgain = 'plan again with steadfast campaign plan --out FILE';

/** Reads what `campaign plan` wrote. */
export function readPlan(file: string, cwd: string): PlanDocument {
  const document = readJson(resolve(cwd, file), file);
  const parsed = planDocumentSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SteadfastError(
    'invalid',
    `${file} is no plan of a campaign: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trimEnd(),
    { hint: planAgain, cause: parsed.error },
  );
}

function readJson(path: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new SteadfastError('invalid', `${file} cannot be read: ${messageOf(cause)}`, {
      hint: planAgain,
      cause,
    });
  }
}

/** What an environment's dispatcher follows of a plan. */
export function partFor(plan: PlanDocument, environment: string): CampaignPart {
  const found = plan.parts.find(({ dispatcher }) => dispatcher === environment);
  if (found !== undefined) return found;
  const other = plan.parts.find(({ environments }) => environments.some(({ id }) => id === environment));
  const dispatchers = plan.parts.map(({ dispatcher }) => dispatcher).join(', ');
  throw new SteadfastError(
    'unknown-id',
    other === undefined
      ? `the plan has nothing in ${environment}`
      : `what the plan has in ${environment} is dispatched by ${other.dispatcher}`,
    { hint: dispatchers === '' ? 'the plan is empty' : `it is started with --env ${dispatchers}` },
  );
}

/**
 * A plan holds of the definitions that it was made from.
 *
 * @throws SteadfastError `invalid`, with every run whose definition is another one now
 */
export function refuseOutdated({ jobs }: CampaignPart, project: Project): void {
  const hashes = new Map(project.experiments.map(({ id, definition }) => [id, hashOf(definition)]));
  const experiments = [...new Map(jobs.map((job) => [job.experiment, job.hash]))];
  const problems = experiments.flatMap(([experiment, hash]): Problem[] => {
    const now = hashes.get(experiment);
    if (now === hash) return [];
    const message =
      now === undefined
        ? `the project has no experiment '${experiment}'`
        : `the experiment '${experiment}' has been changed since the campaign was planned`;
    return [{ code: 'outdated', path: [experiment], message }];
  });
  if (problems.length === 0) return;
  throw new SteadfastError('invalid', 'the plan is for other definitions than the project has', {
    problems,
    hint: `${planAgain}, or check out what was planned`,
  });
}
