import type { Project } from '../../definitions/project.ts';
import { suggest } from '../../definitions/suggest.ts';
import { type ExperimentDefinition, settledSchema } from '../../experiment/experiment.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { copyExperiment } from '../../recipes/copy-experiment.ts';
import { draftExperiment } from '../../recipes/draft-experiment.ts';
import { freeId } from '../../recipes/free-id.ts';
import { idsOf, type KnownProject, servicesOf } from '../../recipes/known-project.ts';
import { type Proposal, proposalsFor, untestedFirst } from '../../recipes/proposal.ts';
import { recipes } from '../../recipes/recipes.ts';

/** What a person asks for. */
export interface Wish {
  readonly from?: string | undefined;
  readonly service?: string | undefined;
  readonly id?: string | undefined;
}

/**
 * What could be broken, of the service that is asked for or of all, what no experiment tests first.
 *
 * @throws {SteadfastError} `unknown-id` for a service that no environment or lab has; `invalid` for a project that has none
 */
export function proposalsIn(project: KnownProject, service: string | undefined): readonly Proposal[] {
  const known = servicesOf(project);
  if (known.length === 0) {
    throw new SteadfastError(
      'invalid',
      'no environment and no lab names a service, so there is nothing to break',
      {
        hint: 'steadfast init writes a first lab and environment',
      },
    );
  }
  if (service !== undefined) {
    const proposals = proposalsFor(service, project);
    if (proposals !== undefined) return proposals;
    throw new SteadfastError('unknown-id', `no environment and no lab has a service '${service}'`, {
      hint: didYouMean(service, known) ?? `there are: ${known.join(', ')}`,
    });
  }
  return untestedFirst(known.flatMap((name) => proposalsFor(name, project) ?? []));
}

/**
 * The experiment that a wish asks for: after a recipe, or after another experiment of the project; without either, the first
 * proposal that the project can run.
 *
 * @throws {SteadfastError} `unknown-id` or `invalid`, with what is in the way
 */
export function chooseExperiment(
  wish: Wish,
  known: KnownProject,
  project: Project,
): { readonly definition: ExperimentDefinition; readonly breaks: string } {
  const { from, service, id } = wish;
  refuseTaken(id, known);
  const original = recipes.some((recipe) => recipe.id === from)
    ? undefined
    : project.experiments.find((experiment) => experiment.id === from);
  if (original !== undefined) {
    const copy = copyExperiment(original.definition, {
      id: id ?? freeId(`${original.id}-${service ?? 'copy'}`, idsOf(known)),
      service,
      project: known,
    });
    return { definition: copy, breaks: `the same as ${original.id}` };
  }
  const proposals = proposalsIn(known, service).filter(
    ({ recipe }) => from === undefined || recipe.id === from,
  );
  if (proposals.length === 0) throw nothingToBreak(wish, known, project);
  return firstThatRuns(proposals, known, id);
}

/** The first that any lab or environment can run; where none can, what keeps the first from it. */
function firstThatRuns(proposals: readonly Proposal[], known: KnownProject, id: string | undefined) {
  let refusal: unknown;
  for (const proposal of proposals) {
    try {
      return {
        definition: draftExperiment(proposal, known, id),
        breaks: `${proposal.breakage.what} (${proposal.service})`,
      };
    } catch (cause) {
      if (!(cause instanceof SteadfastError)) throw cause;
      refusal ??= cause;
    }
  }
  throw refusal;
}

function nothingToBreak({ from, service }: Wish, known: KnownProject, project: Project): SteadfastError {
  if (from !== undefined && !recipes.some((recipe) => recipe.id === from)) {
    const names = [...recipes.map((recipe) => recipe.id), ...project.experiments.map((one) => one.id)];
    return new SteadfastError('unknown-id', `there is no recipe and no experiment '${from}'`, {
      hint: didYouMean(from, names) ?? `recipes are: ${recipes.map((recipe) => recipe.id).join(', ')}`,
    });
  }
  const what = from === undefined ? 'a recipe' : `'${from}'`;
  if (service === undefined) {
    return new SteadfastError('invalid', `nothing in this project can be broken by ${what}`, {
      hint: 'say in an environment what its services are made of: ecs, eks, uses, has',
    });
  }
  const others = servicesOf(known).filter((name) => name !== service);
  return new SteadfastError('invalid', `the service '${service}' has nothing that ${what} could break`, {
    hint: `say in an environment what it is made of (ecs, eks, uses, has)${others.length === 0 ? '' : `, or name another service: ${others.join(', ')}`}`,
  });
}

function refuseTaken(id: string | undefined, { experiments }: KnownProject): void {
  if (id === undefined) return;
  const read = settledSchema.shape.id.safeParse(id);
  if (!read.success) throw new SteadfastError('invalid', read.error.issues[0]?.message ?? `'${id}' is no id`);
  if (experiments.some((experiment) => experiment.id === id))
    throw new SteadfastError('invalid', `'${id}' is the id of an experiment already`, {
      hint: 'choose another --id',
    });
}

function didYouMean(got: string, known: readonly string[]): string | undefined {
  const meant = suggest(got, known);
  return meant === undefined ? undefined : `did you mean '${meant}'?`;
}
