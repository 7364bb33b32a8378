import type { ReadAction } from './actions.ts';
import { durationText, msOfIso } from './duration.ts';
import { memberOf, textOf } from './node.ts';
import { leastOf, type Share, shareText } from './share.ts';
import type { ReadTarget } from './target.ts';
import { fieldOf } from './template.ts';
import type { Step } from './timeline.ts';
import type { Work } from './work.ts';

/** How long a stage lasts where the template does not say it. */
const proposedMs = 300_000;

/** FIS waits no shorter, and a wait holds a stage open in which nothing lasts by itself. */
const shortestHoldMs = 60_000;

/** A definition takes no longer soak. */
const longestSoakMs = 4 * 3_600_000;

/** A stage as a definition writes it. */
export interface WrittenStage {
  readonly share: string;
  readonly duration: string;
  readonly soak?: string;
}

/** The stages of an experiment: its steps, each with the share and the duration of its actions. */
export function stagesOf(
  steps: readonly Step<ReadAction>[],
  targets: ReadonlyMap<string, ReadTarget>,
  definition: string,
  work: Work,
): { readonly stages: readonly WrittenStage[]; readonly wholeMs: number } {
  let wholeMs = 0;
  const stages = steps.map((step, index) => {
    const isHeld = step.endMs === step.startMs;
    const ms = durationOf(step, index, definition, work);
    wholeMs += ms;
    const isSoaked = index < steps.length - 1 && !isHeld && step.restMs > 0 && step.restMs <= longestSoakMs;
    return {
      share: shareText(shareOf(step, index, targets, definition, work)),
      duration: durationText(ms) ?? '5m',
      ...(isSoaked ? { soak: durationText(step.restMs) ?? '1m' } : {}),
    };
  });
  return { stages, wholeMs };
}

function durationOf(step: Step<ReadAction>, index: number, definition: string, work: Work): number {
  const longest = Math.max(...step.actions.map(({ ms }) => ms));
  const said = longest > 0 ? longest : step.restMs;
  const least = Math.max(
    ...step.actions.map((action) => leastMsOf(action, work)),
    ...(longest > 0 ? [] : [shortestHoldMs]),
  );
  const ms = Math.max(Math.ceil((said > 0 ? said : Math.max(proposedMs, least)) / 1_000) * 1_000, least);
  if (ms !== said) {
    work.decide(
      ['stages', index, 'duration'],
      said === 0
        ? 'how long the stage lasts, which the template does not say: what is proposed leaves time to see the harm'
        : `how long the stage lasts: ${durationText(said) ?? 'what the template says'} is shorter than FIS lasts at least`,
      definition,
    );
  }
  sameDuration(step, index, definition, longest, work);
  return ms;
}

/** How long FIS lets an action last at least, or waits before it hits. */
function leastMsOf({ action, node }: ReadAction, { template }: Work): number {
  const delays = Object.values(action.fisParameters)
    .filter(({ as }) => as === 'isoDuration')
    .map(({ name }) => msOfIso(textOf(memberOf(fieldOf(node, 'parameters', template), name)) ?? '') ?? 0);
  return Math.max(action.durationParameter === undefined ? 0 : (action.leastDurationMs ?? 0), ...delays);
}

/** All faults of a stage last as long as it does, from its start: what lasted less would do more harm, which is a question. */
function sameDuration(
  { actions }: Step<ReadAction>,
  index: number,
  definition: string,
  longest: number,
  work: Work,
): void {
  const shorter = actions.filter(
    ({ action, ms }) => action.durationParameter !== undefined && ms !== longest,
  );
  for (const { action, node } of shorter) {
    const given = memberOf(fieldOf(node, 'parameters', work.template), action.durationParameter ?? '');
    const differs = 'all faults of a stage last as long as it does';
    if (given !== undefined) work.ledger.approximated(given.path, work.to('stages.duration'), differs);
  }
  const told = shorter.flatMap(({ name, ms }) => (ms > 0 ? `${name} (${durationText(ms) ?? ''})` : []));
  if (told.length > 0)
    work.decide(
      ['stages', index, 'duration'],
      `the faults of a stage last equally long, and in the template these were over sooner: ${told.join(', ')}; shorten the stage, or make experiments of their own of them`,
      definition,
    );
}

function shareOf(
  step: Step<ReadAction>,
  index: number,
  targets: ReadonlyMap<string, ReadTarget>,
  definition: string,
  work: Work,
): Share {
  const read = step.actions.flatMap(({ target }) => targets.get(target?.name ?? '') ?? []);
  const shares = read.map(({ share }) => share);
  const least = leastOf(shares);
  if (shares.some((share) => share !== least)) {
    for (const { share, modePath } of read)
      if (share !== least)
        work.ledger.approximated(
          modePath,
          work.to('stages.share'),
          'a stage has one share for all of its faults: the least',
        );
    work.decide(
      ['stages', index, 'share'],
      `the template hits ${[...new Set(shares.map(shareText))].join(' and ')} of its targets, and a stage has one share: the least is proposed`,
      definition,
    );
  }
  return least;
}
