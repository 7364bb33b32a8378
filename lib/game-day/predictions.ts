import type { Verdict } from '../experiment/verdict.ts';
import type { Actor } from './actor.ts';
import { attemptSpokenOf, attemptsOf, attemptThatCounts, canTell, type LoggedAttempt } from './attempts.ts';
import type { Entry, EntryOf } from './entry.ts';
import type { GameDayInput, GameDayStage } from './input.ts';

export type PredictionOutcome = 'as predicted' | 'otherwise' | 'unknown';

/** What one attempt showed of a prediction. */
interface PredictionShown {
  /** Absent where the stage was never started. */
  readonly attempt?: number;
  readonly outcome: PredictionOutcome;
  /** What happened, beside what was predicted: a sentence without a full stop. */
  readonly happened: string;
  /** Who said so; absent where a tolerance shows it. */
  readonly by?: Actor;
}

export interface PredictionResult extends PredictionShown {
  readonly stage: number;
  readonly name: string;
  readonly says: string;
  /** What earlier attempts showed: it no longer counts, and is kept. */
  readonly earlier: readonly PredictionShown[];
}

/** Each prediction of each stage beside what happened, by the attempt that counts. */
export function predictionsOf(input: GameDayInput, entries: readonly Entry[]): readonly PredictionResult[] {
  const attempts = attemptsOf(entries);
  const observed = entries.flatMap((entry) => (entry.kind === 'observed' ? [entry] : []));
  return input.stages.flatMap((stage) => {
    const counting = attemptThatCounts(attempts, stage.number);
    const own = attempts.filter((one) => one.stage === stage.number && canTell(one));
    return Object.entries(stage.predictions).map(([name, prediction]) => {
      const words = observed.filter((one) => one.stage === stage.number && one.prediction === name);
      const shownBy = (attempt: LoggedAttempt | undefined): PredictionShown => {
        if (attempt === undefined) return { outcome: 'unknown', happened: 'no fault of the stage has begun' };
        const shown =
          prediction.shownBy === undefined
            ? asObserved(words.filter((one) => speaksOf(attempts, one)?.runId === attempt.runId))
            : asJudged(prediction.shownBy, prediction.is ?? 'met', attempt);
        return { attempt: attempt.attempt, ...shown };
      };
      return {
        stage: stage.number,
        name,
        says: prediction.says,
        ...shownBy(counting),
        earlier: own.filter((one) => one.runId !== counting?.runId).map(shownBy),
      };
    });
  });
}

const speaksOf = (attempts: readonly LoggedAttempt[], { stage, number }: EntryOf<'observed'>) =>
  attemptSpokenOf(attempts, stage, number);

type Shown = Omit<PredictionShown, 'attempt'>;

/** The last word counts: people correct themselves. */
function asObserved(words: readonly EntryOf<'observed'>[]): Shown {
  const last = words.at(-1);
  if (last === undefined) return { outcome: 'unknown', happened: 'nobody has said what was seen' };
  return {
    outcome: last.outcome,
    happened: last.note ?? (last.outcome === 'as predicted' ? 'it was seen' : 'something else was seen'),
    by: last.by,
  };
}

/** What is met shows something only where the run came to its end with a fault that bit. */
const isWhole: Readonly<Record<Verdict, boolean>> = {
  held: true,
  deviated: true,
  unrecovered: true,
  errored: false,
  rejected: false,
  halted: false,
  inconclusive: false,
};

function asJudged(
  tolerance: string,
  is: NonNullable<GameDayStage['predictions'][string]['is']>,
  { ended }: LoggedAttempt,
): Shown {
  const unknown = (happened: string): Shown => ({ outcome: 'unknown', happened });
  if (ended === undefined) return unknown('its run has not ended');
  const judged = ended.tolerances[tolerance];
  if (judged === undefined) return unknown(`${tolerance} was not judged`);
  if (judged === 'unknown') return unknown(`${tolerance} could not be judged`);
  if (judged === 'met' && !isWhole[ended.verdict])
    return unknown(`${tolerance} was met, but the run was ${ended.verdict}, which shows too little`);
  return { outcome: judged === is ? 'as predicted' : 'otherwise', happened: `${tolerance} was ${judged}` };
}
