import type { Verdict } from '../../experiment/verdict.ts';
import type { ToleranceJudgement } from '../../steady-state/judgement.ts';
import { observedText } from '../figure.ts';
import { formatSeconds, measureName } from '../format.ts';
import { haltedBy } from '../halt-part.ts';
import type { ToldRun, ToldStage } from '../told-run.ts';

/** One thing that was seen to be well or not. */
export interface Case {
  readonly name: string;
  /** What it alone would make of the run; `held` where it is well. */
  readonly verdict: Verdict;
  readonly message: string;
  /** What else there is to say, a line each. */
  readonly more?: readonly string[];
  readonly seconds?: number | undefined;
}

/** Everything that a run was judged by, each as a case, the verdict itself first. */
export const casesOf = (run: ToldRun): readonly Case[] => [
  verdictCase(run),
  ...run.checks.map(
    ({ check, passed, evidence }): Case => ({
      name: `admission: ${check}`,
      verdict: passed ? 'held' : 'rejected',
      message: evidence,
    }),
  ),
  ...run.baseline.tolerances.map((one) => toleranceCase('before the fault', one, 'rejected')),
  ...run.stages.flatMap((stage, index) => stageCases(stage, `stage ${index + 1} (${stage.label})`)),
  ...run.rollbacks.map(
    ({ name, result, detail, proof }): Case => ({
      name: `rollback: ${name}`,
      verdict: result === 'proven' ? 'held' : 'unrecovered',
      message: `${result}: ${detail}`,
      ...(proof === undefined ? {} : { more: [`Proof: ${proof}`] }),
    }),
  ),
  ...recoveryCase(run),
];

function verdictCase({ verdict, summary, findings, residue = [], next, start, end }: ToldRun): Case {
  return {
    name: 'verdict',
    verdict,
    message: summary,
    more: [
      ...findings.flatMap(({ verdict: worth, message, hint }) => [
        `${worth}: ${message}`,
        ...(hint === undefined ? [] : [`  How to mend it: ${hint}`]),
      ]),
      ...residue.map(({ what, hint }) => `Left behind: ${what}. How to mend it: ${hint}`),
      ...(next === undefined ? [] : [`Next: ${next}`]),
    ],
    seconds: secondsBetween(start, end),
  };
}

const secondsBetween = (start: string | undefined, end: string | undefined): number | undefined =>
  start === undefined || end === undefined
    ? undefined
    : Math.max(0, (Date.parse(end) - Date.parse(start)) / 1_000);

/** @param missed what a missed one makes of the run: before a fault it is not the fault's doing */
function toleranceCase(when: string, judged: ToleranceJudgement, missed: Verdict): Case {
  const { probe, tolerance, limit, state, reason } = judged;
  return {
    name: `${when}: ${probe} ${measureName(tolerance)} ${limit}`,
    verdict: state === 'met' ? 'held' : state === 'missed' ? missed : 'inconclusive',
    message: `${state}: ${observedText(judged)}; ${reason}`,
  };
}

function stageCases(stage: ToldStage, name: string): readonly Case[] {
  const { tolerances, bite = [], soak } = stage;
  return [
    ending(stage, name),
    ...bite.map(
      ({ fault, bit, evidence, likely }): Case => ({
        name: `${name}: the fault ${fault} bit`,
        verdict: bit === true ? 'held' : 'inconclusive',
        message: `${bit === undefined ? 'nobody could tell' : bit ? 'it bit' : 'it did not bite'}: ${evidence}`,
        ...(likely === undefined ? {} : { more: [`The likely reason: ${likely}.`] }),
      }),
    ),
    ...tolerances.map((one) => toleranceCase(name, one, 'deviated')),
    ...(soak?.tolerances ?? []).map((one) => toleranceCase(`the soak after ${name}`, one, 'deviated')),
  ];
}

const halted: Readonly<Record<keyof typeof haltedBy, Verdict>> = {
  watch: 'deviated',
  blind: 'inconclusive',
  guard: 'halted',
  person: 'halted',
  targets: 'inconclusive',
  steadfast: 'errored',
};

/** Whether a stage, and the soak after it, went on to its end. */
function ending({ halt, soak, start, end }: ToldStage, name: string): Case {
  const early = halt ?? soak?.halt;
  return {
    name: `${name} ran to its end`,
    verdict: early === undefined ? 'held' : halted[early.by],
    message: early === undefined ? 'It did.' : `It was ended early by ${haltedBy[early.by]}: ${early.reason}`,
    seconds: secondsBetween(start, end),
  };
}

function recoveryCase({ recovery, findings }: ToldRun): readonly Case[] {
  if (recovery === undefined) return [];
  const { met, seconds, objective, reason } = recovery;
  // Where nobody saw it come back, the run's own findings say whether it is likely.
  const unseen = findings.some(({ verdict }) => verdict === 'unrecovered') ? 'unrecovered' : 'inconclusive';
  return [
    {
      name: `recovery within ${formatSeconds(objective)}`,
      verdict: met === undefined ? unseen : met ? 'held' : 'unrecovered',
      message: `${seconds === undefined ? 'not shown to be back' : `back after ${formatSeconds(seconds)}`}: ${reason}`,
      seconds,
    },
  ];
}
