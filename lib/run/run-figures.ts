/** What a run comes to in numbers, for metrics, events and the index of runs. */
export interface RunFigures {
  /** Seconds during which a fault was active, over all stages. */
  readonly exposureSeconds: number;
  /** Seconds from the beginning of the stage until the watch could tell that a tolerance was missed; absent where none was, or only the whole stage shows it. */
  readonly detectSeconds?: number;
  /** Seconds from the end of the fault until steady state was back; absent where it was not, or nobody could see. */
  readonly recoverySeconds?: number;
  /** The share of faults that were seen to bite, from 0 to 1; absent where no fault ended. */
  readonly biteShare?: number;
}

/** As much of a journal as its figures come from. */
export interface MeasuredRun {
  readonly end: string;
  readonly stages: readonly {
    readonly start?: string | undefined;
    readonly end?: string | undefined;
    readonly tolerances: readonly {
      readonly state: string;
      readonly detectedSeconds?: number | undefined;
    }[];
    readonly bite: readonly { readonly bit?: boolean | undefined }[];
  }[];
  readonly recovery?: { readonly seconds?: number | undefined } | undefined;
}

const secondsBetween = (start: string, end: string) =>
  Math.max(0, (Date.parse(end) - Date.parse(start)) / 1_000);

export function figuresOf(journal: MeasuredRun): RunFigures {
  const { stages, recovery } = journal;
  const exposureSeconds = stages
    .map(({ start, end }) => (start === undefined ? 0 : secondsBetween(start, end ?? journal.end)))
    .reduce((sum, seconds) => sum + seconds, 0);
  const missed = stages.find(({ tolerances }) => tolerances.some(({ state }) => state === 'missed'));
  const detected = (missed?.tolerances ?? []).flatMap(({ detectedSeconds }) => detectedSeconds ?? []);
  const bites = stages.flatMap(({ bite }) => bite);
  return {
    exposureSeconds,
    ...(detected.length === 0 ? {} : { detectSeconds: Math.min(...detected) }),
    ...(recovery?.seconds === undefined ? {} : { recoverySeconds: recovery.seconds }),
    ...(bites.length === 0
      ? {}
      : { biteShare: bites.filter(({ bit }) => bit === true).length / bites.length }),
  };
}
