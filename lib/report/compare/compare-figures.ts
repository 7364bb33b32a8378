import type { Journal } from '../../run/journal.ts';
import { type Difference, differenceOf, shiftOf } from '../../steady-state/difference.ts';
import type { ToleranceJudgement } from '../../steady-state/judgement.ts';
import { allowedIncrease, type RecoveryRule } from '../../steady-state/recovery/recovery-rule.ts';
import { formatIn } from '../format.ts';
import type { Change, ComparedFigure, ComparedSide } from './comparison-schema.ts';

type Place = Pick<ComparedFigure, 'phase' | 'stage' | 'when'>;

/** The tolerances of one phase in both runs. */
interface Phase {
  readonly place: Place;
  readonly before: readonly ToleranceJudgement[];
  readonly after: readonly ToleranceJudgement[];
}

/** Stages are held against one another by their place in the ramp, and only where they took the same share. */
function phasesOf(before: Journal, after: Journal): Phase[] {
  const count = Math.max(before.stages.length, after.stages.length);
  const stages = Array.from({ length: count }, (_, stage): Phase[] => {
    const [was, is] = [before.stages[stage], after.stages[stage]];
    const label = [...new Set([was, is].flatMap((one) => one?.label ?? []))].join(', then ');
    const when = `stage ${stage + 1} (${label})`;
    const isSame = was?.label === is?.label;
    const [ofWas, ofIs] = [was?.tolerances ?? [], is?.tolerances ?? []];
    const soak = { phase: 'soak', stage, when: `soak after ${when}` } as const;
    return [
      ...(isSame || was === undefined || is === undefined
        ? [{ place: { phase: 'stage', stage, when } as const, before: ofWas, after: ofIs }]
        : [
            { place: { phase: 'stage', stage, when } as const, before: ofWas, after: [] },
            { place: { phase: 'stage', stage, when } as const, before: [], after: ofIs },
          ]),
      { place: soak, before: was?.soak?.tolerances ?? [], after: is?.soak?.tolerances ?? [] },
    ];
  });
  return [
    {
      place: { phase: 'baseline', when: 'before the fault' },
      before: before.baseline.tolerances,
      after: after.baseline.tolerances,
    },
    ...stages.flat(),
    {
      place: { phase: 'recovery', when: 'after the fault' },
      before: before.recovery?.tolerances ?? [],
      after: after.recovery?.tolerances ?? [],
    },
  ];
}

/** Every figure that was judged in either run, held against that of the other. */
export function compareFigures(before: Journal, after: Journal, rule: RecoveryRule): ComparedFigure[] {
  const figures: ComparedFigure[] = [];
  for (const phase of phasesOf(before, after)) {
    for (const [was, is] of pairsOf(phase)) {
      const one = was ?? is;
      if (one === undefined) continue;
      const calm = figures.find(
        ({ phase: when, probe, measure }) =>
          when === 'baseline' && probe === one.probe && measure === one.tolerance,
      );
      figures.push(figureOf(phase.place, was, is, rule, calm));
    }
  }
  return figures;
}

function pairsOf({ before, after }: Phase) {
  const isSame = (a: ToleranceJudgement) => (b: ToleranceJudgement) =>
    a.probe === b.probe && a.tolerance === b.tolerance && a.unit === b.unit;
  return [
    ...before.map((was) => [was, after.find(isSame(was))] as const),
    ...after.filter((is) => !before.some(isSame(is))).map((is) => [undefined, is] as const),
  ];
}

function figureOf(
  place: Place,
  was: ToleranceJudgement | undefined,
  is: ToleranceJudgement | undefined,
  rule: RecoveryRule,
  calm: ComparedFigure | undefined,
): ComparedFigure {
  const about = {
    ...place,
    probe: (was ?? is)?.probe ?? '',
    measure: (was ?? is)?.tolerance ?? '',
    unit: (was ?? is)?.unit ?? '',
  } as const;
  if (was === undefined || is === undefined) {
    const reason = `Only the ${was === undefined ? 'second' : 'first'} run has it.`;
    return {
      ...about,
      ...(was === undefined ? {} : { before: sideOf(was) }),
      ...(is === undefined ? {} : { after: sideOf(is) }),
      change: 'unknown',
      reason,
    };
  }
  const { difference, allowed } = measured(was, is, rule);
  const { change, reason } = judged(was, is, difference, allowed);
  const isAlready =
    (change === 'worse' || change === 'better') && place.phase !== 'baseline' && calm?.change === change;
  const bounds = difference && boundsOf(difference);
  return {
    ...about,
    before: sideOf(was),
    after: sideOf(is),
    ...(bounds === undefined ? {} : { difference: bounds }),
    ...(allowed === undefined ? {} : { alikeWithin: allowed }),
    change,
    ...(isAlready ? { already: true } : {}),
    reason: isAlready ? `${reason} It was so before any fault, too.` : reason,
  };
}

const sideOf = ({ observed, interval, samples, limit, state }: ToleranceJudgement): ComparedSide => ({
  ...(observed === undefined ? {} : { observed }),
  ...interval,
  samples,
  limit,
  state,
});

const boundsOf = ({ low, high }: Difference) => ({
  ...(low === undefined ? {} : { low }),
  ...(high === undefined ? {} : { high }),
});

/** The difference with its bounds; nothing of a figure that is the highest or lowest of what was seen, which has none. */
function measured(was: ToleranceJudgement, is: ToleranceJudgement, rule: RecoveryRule) {
  if (was.interval === undefined || is.interval === undefined) return {};
  const kind = is.unit === 'ms' ? 'latency' : 'rate';
  return {
    difference: differenceOf(boundedOf(is), boundedOf(was)),
    allowed: allowedIncrease(rule, kind, was.observed ?? 0),
  };
}

const boundedOf = ({ observed, interval }: ToleranceJudgement) => ({
  at: observed,
  low: interval?.low,
  high: interval?.high,
});

interface Judged {
  readonly change: Change;
  readonly reason: string;
}

/** Shown by the same limit, missed in the one run and met in the other; else by the bounds on the difference. */
function judged(
  was: ToleranceJudgement,
  is: ToleranceJudgement,
  difference: Difference | undefined,
  allowed: number | undefined,
): Judged {
  const isSameLimit = was.limitValue === is.limitValue && was.limit === is.limit;
  if (isSameLimit && was.state === 'met' && is.state === 'missed')
    return { change: 'worse', reason: `It was ${is.limit}, and is not any more.` };
  if (isSameLimit && was.state === 'missed' && is.state === 'met')
    return { change: 'better', reason: `It was not ${is.limit}, and is now.` };
  if (difference === undefined || allowed === undefined)
    return { change: 'unknown', reason: noBounds(was, is) };
  const within = formatIn(is.unit, allowed);
  const alike = `up to ${within} counts as alike`;
  switch (shiftOf(difference, allowed)) {
    case 'higher':
      return {
        change: 'worse',
        reason: `Surely higher by at least ${formatIn(is.unit, difference.low ?? 0)}; ${alike}.`,
      };
    case 'lower':
      return {
        change: 'better',
        reason: `Surely lower by at least ${formatIn(is.unit, -(difference.high ?? 0))}; ${alike}.`,
      };
    case 'alike':
      return {
        change: 'alike',
        reason: `The difference is surely no more than the ${within} that count as alike.`,
      };
    case 'open':
      return { change: 'unknown', reason: openReason(is, difference, alike) };
  }
}

/** Why nobody can tell of a figure whose samples were compared one by one, or of which there are none. */
function noBounds(was: ToleranceJudgement, is: ToleranceJudgement): string {
  if (was.samples === 0 || is.samples === 0)
    return `The ${was.samples === 0 ? 'first' : 'second'} run saw nothing of it.`;
  return was.state === is.state && was.state !== 'unknown'
    ? `It was ${was.state} in both; a highest or lowest value has no bounds, so that more cannot be said.`
    : 'A highest or lowest value has no bounds, so that nothing can be said.';
}

function openReason({ unit }: ToleranceJudgement, { low, high }: Difference, alike: string): string {
  if (low === undefined && high === undefined)
    return 'Too few samples, or too few good answers, for any bound on the difference.';
  const bound = (value: number, more: string, less: string) =>
    `${formatIn(unit, Math.abs(value))} ${value < 0 ? less : more}`;
  const from = low === undefined ? 'there is no lower bound' : bound(low, 'higher', 'lower');
  const to = high === undefined ? 'there is no upper bound' : bound(high, 'higher', 'lower');
  return `Too few samples to say: the truth lies between ${from} and ${to}; ${alike}.`;
}
