import { type ExperimentDefinition, experimentSchema } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { lenientIn } from '../../plan/lenient.ts';
import { problemsOf } from '../../plan/problems.ts';
import { ownerOf } from '../../recipes/owner-of.ts';
import { steadyStateOf } from '../../recipes/steady-state-of.ts';
import { isData } from '../drafting/node.ts';
import { decide, note, refuse } from '../drafting/work.ts';
import type { Hypothesis } from './hypothesis.ts';
import type { Method } from './method.ts';
import { durationText } from './seconds.ts';
import type { ToolkitWork } from './toolkit-work.ts';
import type { Words } from './top-level.ts';

/** How long a fault lasts where the source does not pause after it: long enough to judge a percentile, and short enough for a first run. */
const usualMs = 180_000;

/** FIS takes no shorter fault of most actions, and in less nothing can be judged. */
const leastMs = 60_000;

/** FIS ends an experiment then. */
const mostMs = 12 * 3_600_000;

const usualBaselineMs = 120_000;
const longestBaselineMs = 3_600_000;

/** Steady state as it is proposed where the source has none that can be taken over. */
export function steadyStateFor(
  work: ToolkitWork,
  { probes }: Hypothesis,
  { faults }: Method,
): Record<string, unknown> {
  if (Object.keys(probes).length > 0) return probes;
  const proposed = servicesHit(faults)
    .map((service) => steadyStateOf(service, work.context.project))
    .find((one) => one !== undefined);
  if (proposed === undefined) return {};
  decide(
    work,
    ['steadyState'],
    'what healthy looks like: no probe of the source could be taken over, so this is a proposal',
  );
  return proposed;
}

const servicesHit = (faults: Method['faults']): string[] =>
  Object.values(faults).flatMap((fault) => {
    const selector = isData(fault) ? fault['selector'] : undefined;
    const service = isData(selector) ? selector['service'] : undefined;
    return typeof service === 'string' ? [service] : [];
  });

interface Parts {
  readonly words: Words;
  readonly hypothesis: Hypothesis;
  readonly method: Method;
  readonly steadyState: Record<string, unknown>;
  readonly rollbacks: Record<string, unknown>;
}

/** The definition; undefined where nothing is left that could be run, which the refusals then say. */
export function definitionOf(work: ToolkitWork, parts: Parts): ExperimentDefinition | undefined {
  const { words, hypothesis, method, steadyState, rollbacks } = parts;
  if (Object.keys(method.faults).length === 0) {
    refuse(work, ['method'], {
      code: 'no-fault',
      message: 'no action of the method becomes a fault, so there would be nothing to run',
      hint: 'the report says of each what to write instead; steadfast new SERVICE proposes faults',
    });
    return undefined;
  }
  if (Object.keys(steadyState).length === 0) {
    refuse(work, ['steady-state-hypothesis'], {
      code: 'no-steady-state',
      message: 'no probe of the hypothesis can be taken over, so nothing could be judged',
      hint: 'the report says of each probe what to write instead; name a lab or an environment that knows its services with --lab or --env',
    });
    return undefined;
  }
  const written = {
    id: work.id,
    title: words.title,
    ...(words.description === undefined ? {} : { description: words.description }),
    owner: owner(work, method),
    hypothesis: hypothesis.title ?? asked(work),
    baseline: durationText(Math.min(Math.max(usualBaselineMs, method.waitMs), longestBaselineMs)),
    steadyState,
    faults: method.faults,
    stages: [{ share: method.share, duration: stageLength(work, method) }],
    recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '2m' },
    ...(Object.keys(rollbacks).length === 0 ? {} : { rollbacks }),
    ...placesOf(work),
  };
  if (isExperiment(written)) return written;
  refuse(work, [], {
    code: 'unfit',
    message: 'what would come of it is no valid experiment',
    hint: 'write the definition by hand: steadfast new SERVICE',
  });
  return undefined;
}

const isExperiment = (value: unknown): value is ExperimentDefinition =>
  experimentSchema.safeParse(value).success;

function asked(work: ToolkitWork): string {
  decide(work, ['hypothesis'], 'what is expected to hold when the fault is in: the source has no hypothesis');
  return 'Steady state holds while the fault is in.';
}

function owner(work: ToolkitWork, { faults }: Method): string {
  decide(work, ['owner'], 'which team answers for it');
  return ownerOf(servicesHit(faults)[0] ?? '', work.context.project);
}

function stageLength(work: ToolkitWork, { durationMs }: Method): string | undefined {
  if (durationMs === undefined) {
    note(
      work,
      'the method does not pause after its fault, so Chaos Toolkit looks once, right after it; here the fault lasts three minutes, and the probes look all the while',
    );
    return durationText(usualMs);
  }
  if (durationMs < leastMs)
    note(
      work,
      'the faults last a minute, longer than the method pauses: many take no less, and less is too short to judge',
    );
  if (durationMs > mostMs)
    note(work, 'the faults last 12 hours, the longest that FIS allows, and not as long as the method pauses');
  return durationText(Math.round(Math.min(Math.max(durationMs, leastMs), mostMs) / 1_000) * 1_000);
}

function placesOf(work: ToolkitWork): Record<string, unknown> {
  const { lab, isLabCertain, environment } = work.ground;
  if (!isLabCertain) decide(work, ['lab'], 'in which lab it is rehearsed');
  return {
    ...(lab === undefined ? {} : { lab }),
    ...(environment === undefined ? {} : { environments: { [environment]: {} } }),
  };
}

/** What `check` would have against it becomes a decision, and where its steady state is lenient a note. */
export function sayWhatCheckSays(work: ToolkitWork, definition: ExperimentDefinition): void {
  const experiment = experimentSchema.parse(definition);
  for (const target of work.ground.targets) {
    for (const problem of problemsOf(experiment, target)) {
      if (problem.severity === 'note') note(work, sentenceOf(problem));
      else decide(work, problem.path, sentenceOf(problem));
    }
    for (const problem of lenientIn(experiment, target))
      note(work, `${problem.path.join('.')}: ${sentenceOf(problem)}`);
  }
}

const sentenceOf = ({ message, hint }: Problem): string =>
  hint === undefined ? message : `${message}: ${hint}`;
