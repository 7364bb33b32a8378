import { type Fault, faultSchema } from '../experiment/fault.ts';
import { selectorOf } from '../experiment/fault-parts.ts';
import { actionOf, parametersOf, servicesNamedBy } from '../plan/fis-parameters.ts';
import { type KnownProject, targetsOf } from './known-project.ts';
import type { Breakage, Recipe } from './recipe.ts';
import { recipes } from './recipes.ts';
import { subjectOf } from './subject.ts';

/** Something about a service that could be broken, and the experiments that do so already. */
export interface Proposal {
  readonly recipe: Recipe;
  readonly service: string;
  readonly breakage: Breakage;
  /** The ids of experiments with the same faults on the same service. */
  readonly testedBy: readonly string[];
}

/**
 * What could be broken about a service, what no experiment tests first: the service itself, the links that lead to it, and the
 * services that it uses. Undefined where no environment or lab has the service.
 */
export function proposalsFor(service: string, project: KnownProject): readonly Proposal[] | undefined {
  const subject = subjectOf(service, targetsOf(project));
  if (subject === undefined) return undefined;
  const linksToIt = subject.usedBy
    .flatMap((user) => breakagesOf(user, project))
    .filter(({ breakage }) => faultsOf(breakage).some((fault) => namesService(fault, service)));
  return untestedFirst([
    ...breakagesOf(service, project),
    ...linksToIt,
    ...subject.uses.flatMap((used) => breakagesOf(used, project)),
  ]);
}

/** Each proposal once: those that no experiment tests, then the others, in the order in which they were given. */
export function untestedFirst(proposals: readonly Proposal[]): readonly Proposal[] {
  const distinct = [
    ...new Map(proposals.map((one) => [`${one.recipe.id} ${one.breakage.id}`, one])).values(),
  ];
  return [
    ...distinct.filter(({ testedBy }) => testedBy.length === 0),
    ...distinct.filter(({ testedBy }) => testedBy.length > 0),
  ];
}

function breakagesOf(service: string, project: KnownProject): Proposal[] {
  const subject = subjectOf(service, targetsOf(project));
  if (subject === undefined) return [];
  return recipes.flatMap((recipe) =>
    recipe
      .breaks(subject)
      .map((breakage) => ({ recipe, service, breakage, testedBy: testedBy(breakage, project) })),
  );
}

function testedBy(breakage: Breakage, { experiments }: KnownProject): string[] {
  const wanted = faultsOf(breakage).map(hitOf);
  return experiments
    .filter(({ faults }) => {
      const hits = new Set(Object.values(faults).map(hitOf));
      return wanted.every((hit) => hits.has(hit));
    })
    .map(({ id }) => id);
}

const faultsOf = ({ faults }: Breakage): Fault[] =>
  Object.values(faults).map((fault) => faultSchema.parse(fault));

const namesService = (fault: Fault, service: string): boolean =>
  servicesNamedBy(fault).some((named) => named.service === service);

/**
 * What a fault comes down to: its action, the service it hits and in which zone, the services whose links it hits, and what its
 * parameters name, such as the scope of a cut. How strong it is makes no other fault of it.
 */
function hitOf(fault: Fault): string {
  const { service = '', availabilityZone = '' } = selectorOf(fault) ?? {};
  const { fisParameters } = actionOf(fault);
  const named = parametersOf(fault).flatMap(([name, value]) => {
    const as = fisParameters[name]?.as;
    return as === 'text' || as === 'hosts' ? [JSON.stringify(value)] : [];
  });
  return [fault.action, service, availabilityZone, ...named].join(' ');
}
