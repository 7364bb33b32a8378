import type { ExperimentDefinition } from '../../experiment/experiment.ts';
import { experimentSchema } from '../../experiment/experiment.ts';
import { findAction } from '../../fis/catalogue.ts';
import type { KnownProject } from '../../recipes/known-project.ts';
import { ownerOf } from '../../recipes/owner-of.ts';
import { steadyStateOf } from '../../recipes/steady-state-of.ts';
import { durationText } from './duration.ts';
import type { Faults } from './faults.ts';
import type { WrittenStage } from './stages.ts';
import type { Words } from './words.ts';
import type { Work } from './work.ts';

/** The shortest time that the probes look before a fault. */
const baselineMs = 120_000;

interface Parts {
  readonly id: string;
  readonly words: Words;
  readonly faults: Faults;
  readonly stages: readonly WrittenStage[];
  readonly guards: readonly string[];
  readonly beforeMs: number;
}

export const isExperiment = (value: unknown): value is ExperimentDefinition =>
  experimentSchema.safeParse(value).success;

/** A definition with all that FIS knows nothing of proposed, and asked for. */
export function definitionOf(parts: Parts, work: Work): Readonly<Record<string, unknown>> {
  const { id, words, faults, stages, guards, beforeMs } = parts;
  const { context, place } = work;
  const service = serviceOf(faults);
  const owner = ownerOf(service ?? '', context.project);
  const ask = (path: readonly string[], question: string) => work.decide(path, question, id);
  ask(['title'], 'what is shown to be true; what is proposed is how the template describes itself');
  ask(['hypothesis'], 'what should still hold while it fails, which a template of FIS does not say');
  ask(['steadyState'], 'what users would notice, which a template of FIS does not say');
  ask(['owner'], 'the team that answers for it');
  ask(['recovery'], 'how soon everything must be as before');
  return {
    id,
    title: words.title,
    ...(words.description === undefined ? {} : { description: words.description }),
    owner,
    hypothesis: hypothesisOf(faults, service),
    baseline: durationText(Math.max(beforeMs, baselineMs)) ?? '2m',
    steadyState: proposedSteadyState(service, work),
    faults: Object.fromEntries(faults),
    stages,
    ...(guards.length === 0 ? {} : { guards }),
    recovery: { within: '10%', objective: '2m' },
    ...(context.lab === undefined ? {} : { lab: context.lab }),
    ...(place === undefined ? {} : { environments: { [place.id]: {} } }),
  };
}

/** The service that is hit first. */
function serviceOf(faults: Faults): string | undefined {
  for (const { selector } of faults.values()) {
    const service: unknown =
      typeof selector === 'object' && selector !== null ? Reflect.get(selector, 'service') : undefined;
    if (typeof service === 'string') return service;
  }
  return undefined;
}

function hypothesisOf(faults: Faults, service: string | undefined): string {
  const actions = [...faults.values()].flatMap(({ action }) =>
    typeof action === 'string' ? (findAction(action) ?? []) : [],
  );
  const what = [...new Set(actions.map(({ title }) => title.charAt(0).toLowerCase() + title.slice(1)))];
  const where = service === undefined ? '' : ` in ${service}`;
  return `If a fault${where} ${what.join(', and ')}, those who use it are still answered in time.`;
}

/** What the environment can look at; where it has nothing to look at, a probe that has to be filled in. */
function proposedSteadyState(
  service: string | undefined,
  { place, context }: Work,
): ExperimentDefinition['steadyState'] {
  const { project, lab } = context;
  const ground: KnownProject = {
    ...project,
    environments: place === undefined ? [] : [place],
    labs: project.labs.filter(({ id }) => id === lab),
  };
  return (
    steadyStateOf(service ?? '', ground) ?? {
      answers: {
        http: { service: service ?? 'service', path: '/' },
        tolerances: { p95: { below: '500ms' }, errorRate: { below: '1%' } },
      },
    }
  );
}
