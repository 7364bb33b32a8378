import type { Finding } from './finding.ts';
import type { PowerStatement, ToleranceJudgement } from './judgement.ts';
import type { RecoveryJudgement } from './recovery/judge-recovery.ts';
import { seconds } from './words.ts';

/** What findings are drawn from, of a stage that was judged. */
interface JudgedStage {
  readonly label: string;
  readonly bite: boolean | undefined;
  readonly tolerances: readonly ToleranceJudgement[];
}

/**
 * What a baseline says about whether the run may go on. Unknown is never healthy; but where faults have followed all the same, a baseline
 * that leaves a tolerance open is too little to say, not a system that was ill.
 */
export function unhealthyFindings(
  tolerances: readonly ToleranceJudgement[] | undefined,
  faultsFollowed: boolean,
): Finding[] {
  if (tolerances === undefined) {
    return faultsFollowed
      ? [
          {
            code: 'no-baseline',
            verdict: 'inconclusive',
            message: 'There is no baseline, so nothing can be compared with it.',
          },
        ]
      : [];
  }
  return tolerances
    .filter((one) => one.state !== 'met')
    .map((one) => ({
      code: one.state === 'missed' ? 'unhealthy' : 'baseline-unknown',
      ...(one.state === 'missed' || !faultsFollowed
        ? { verdict: 'rejected' as const, rejection: 'unhealthy' as const }
        : { verdict: 'inconclusive' as const }),
      probe: one.probe,
      message: `Before any fault, ${one.probe}: ${one.tolerance} was ${one.state === 'missed' ? 'missed' : 'not to be known'}: ${one.reason}.`,
      hint:
        one.state === 'missed'
          ? 'Mend the system first, or loosen the tolerance if this is how it normally is.'
          : 'Lengthen the baseline or raise the rate of the probe, and see that it reaches the service.',
    }));
}

/** Stages that could not have seen what they were to see: whatever they say, it is no proof. */
export function underpoweredFindings(power: readonly PowerStatement[]): Finding[] {
  return power
    .filter(({ enough }) => !enough)
    .map((one) => ({
      code: 'underpowered',
      verdict: 'inconclusive',
      ...(one.stage === undefined ? {} : { stage: one.stage }),
      probe: one.probe,
      message: underpowered(one),
      hint: strengthening(one),
    }));
}

/** What would give a run the power that it lacks. */
export const strengthening = ({ stage, neededSeconds }: PowerStatement): string => {
  if (stage === undefined) return 'Raise the rate of the probe, or the floors in recovery.atLeast.';
  return neededSeconds === undefined
    ? 'Loosen the tolerance, or mend what fails before any fault.'
    : 'Lengthen the stage or raise the rate of the probe.';
};

/** What a run cannot see, as a sentence. */
export const underpowered = ({ probe, tolerance, stage, text }: PowerStatement): string =>
  stage === undefined
    ? `The recovery of ${probe} cannot be proven: ${text}.`
    : `Stage ${stage + 1} cannot tell whether ${probe} keeps its ${tolerance}: ${text}.`;

/** A fault that was never put in, or only in part, shows nothing of what it was to show. */
export function missingStageFindings(begun: number, defined: number): Finding[] {
  if (begun >= defined) return [];
  return [
    {
      code: 'stages-missing',
      verdict: 'inconclusive',
      message:
        begun === 0
          ? 'No fault was begun, so nothing was tested.'
          : `Only ${begun} of ${defined} stages were begun, so the rest was not tested.`,
    },
  ];
}

const blame = (stage: Pick<JudgedStage, 'bite'>): string =>
  stage.bite === false ? ' The fault did not reach the system, so it is not to blame.' : '';

/** What the watch ended a stage for, where the stage as a whole does not show it. */
export function watchFindings(
  stage: JudgedStage,
  index: number,
  halt: { readonly reason: string } | undefined,
): Finding[] {
  const isExplained = stage.tolerances.some(
    ({ state, control }) => state === 'missed' || control !== undefined,
  );
  if (halt === undefined || isExplained) return [];
  return [
    {
      code: 'tolerance-missed',
      verdict: 'deviated',
      stage: index,
      message: `Stage ${stage.label}: the fault was ended early: ${halt.reason}.${blame(stage)}`,
    },
  ];
}

const detected = ({ detectedSeconds }: ToleranceJudgement): string =>
  detectedSeconds === undefined
    ? ''
    : `; it was to be seen ${seconds(1_000 * detectedSeconds)} after the fault began`;

/** How an open question could have been answered. */
const seeingMore = ({ control, samples }: ToleranceJudgement): string => {
  if (control !== undefined) return 'Run it again at a quieter time, or find what moved both.';
  return samples === 0
    ? 'See that the probe reaches what it looks at, and that there is traffic.'
    : 'Lengthen the stage, raise the rate of the probe, or see why it saw so little.';
};

/** What a stage's tolerances say. */
export function stageFindings(stage: JudgedStage, index: number): Finding[] {
  return stage.tolerances
    .filter((one) => one.state !== 'met')
    .map((one) => ({
      code: one.state === 'missed' ? 'tolerance-missed' : 'tolerance-unknown',
      verdict: one.state === 'missed' ? 'deviated' : 'inconclusive',
      stage: index,
      probe: one.probe,
      message: `Stage ${stage.label}, ${one.probe}: ${one.tolerance} was ${one.state === 'missed' ? 'missed' : 'not to be known'}: ${one.reason}${detected(one)}.${one.state === 'missed' ? blame(stage) : ''}`,
      ...(one.state === 'missed' ? {} : { hint: seeingMore(one) }),
    }));
}

/** Whether a stage's fault reached the system. */
export function biteFindings(stage: JudgedStage, index: number): Finding[] {
  if (stage.bite === true) return [];
  return [
    stage.bite === false
      ? {
          code: 'no-bite',
          verdict: 'inconclusive',
          stage: index,
          message: `Stage ${stage.label}: the fault did not reach the system.`,
          hint: 'See the evidence of its bite; something may bypass what the fault acts on.',
        }
      : {
          code: 'bite-unknown',
          verdict: 'inconclusive',
          stage: index,
          message: `Stage ${stage.label}: nobody could tell whether the fault reached the system.`,
        },
  ];
}

/** What the time after the fault says. */
export function recoveryFindings(
  recovery: RecoveryJudgement | undefined,
  run: { readonly begun: boolean; readonly marked: boolean },
): Finding[] {
  if (!run.begun) return [];
  if (recovery === undefined) {
    return [
      {
        code: 'recovery-unknown',
        verdict: 'inconclusive',
        message: 'Nothing marks the end of the fault, so recovery cannot be judged.',
      },
    ];
  }
  if (!run.marked) {
    return [
      {
        code: 'recovery-unknown',
        verdict: 'inconclusive',
        message: `Nothing marks the end of the recovery, so it is not proven: ${recovery.reason}.`,
      },
    ];
  }
  const within = `within ${recovery.objective} s of the fault's end`;
  switch (recovery.state) {
    case 'back':
      return [];
    case 'open':
      return [
        {
          code: 'recovery-unproven',
          verdict: 'inconclusive',
          message: `Steady state is likely back, but too little was seen to prove it ${within}: ${recovery.reason}.`,
          hint: 'Observe for longer, or raise the rate of the probes.',
        },
      ];
    case 'outside':
    case 'blind':
      return [
        {
          code: recovery.state === 'outside' ? 'not-recovered' : 'recovery-unseen',
          verdict: 'unrecovered',
          message: `Steady state was not shown to be back ${within}: ${recovery.reason}.`,
          hint: 'Look whether the fault is really gone, then at what the service still carries with it (caches, pools, queues).',
        },
      ];
  }
}
