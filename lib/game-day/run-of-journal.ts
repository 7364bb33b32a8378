import type { Rejection, Verdict } from '../experiment/verdict.ts';
import { sha256 } from '../plan/hash.ts';
import type { Journal } from '../run/journal.ts';
import { figuresOf, type MeasuredRun } from '../run/run-figures.ts';
import type { EntryOf } from './entry.ts';
import type { RunLine, RunOfStage } from './ports.ts';

/** As much of a run's record as a game day tells of it while it goes on. */
export interface RunSoFar {
  readonly timeline: Journal['timeline'];
  /** Those that were begun. */
  readonly stages: readonly {
    readonly start?: string | undefined;
    readonly end?: string | undefined;
  }[];
}

/** As much of a journal as a game day needs. */
export interface ToldRun extends RunSoFar {
  readonly verdict: Verdict;
  readonly summary: string;
  readonly end: string;
  readonly findings: readonly { readonly rejection?: Rejection | undefined }[];
  readonly stages: readonly (MeasuredRun['stages'][number] & {
    readonly tolerances: readonly {
      readonly probe: string;
      readonly tolerance: string;
      readonly state: 'met' | 'missed' | 'unknown';
      readonly detectedSeconds?: number | undefined;
    }[];
  })[];
  readonly recovery?: MeasuredRun['recovery'];
}

const whatOf: Readonly<Record<Journal['timeline'][number]['kind'], EntryOf<'run'>['what'] | undefined>> = {
  phase: 'phase',
  watch: 'halt',
  rollback: 'note',
  note: 'note',
  // The stages tell when faults began and ended.
  fault: undefined,
  // The verdict is an entry of its own.
  verdict: undefined,
};

/**
 * The lines of a run, from what it has written down so far or from its journal: both give a line the same key, made of the line itself,
 * so that whoever reads both has it once.
 */
export function linesOfRun(runId: string, { timeline, stages }: RunSoFar): readonly RunLine[] {
  const line = (at: string, what: RunLine['what'], text: string): RunLine => ({
    key: `${runId}/${at}/${sha256(`${what} ${text}`).slice(0, 12)}`,
    atMs: Date.parse(at),
    what,
    text,
  });
  const told = timeline.flatMap(({ at, kind, text }) => {
    const what = whatOf[kind];
    return what === undefined ? [] : [line(at, what, text)];
  });
  const faults = stages.flatMap(({ start, end }) => [
    ...(start === undefined ? [] : [line(start, 'fault-began', 'The fault began.')]),
    ...(end === undefined ? [] : [line(end, 'fault-ended', 'The fault has ended.')]),
  ]);
  return [...told, ...faults].toSorted((a, b) => a.atMs - b.atMs);
}

type Ended = Extract<RunOfStage, { readonly state: 'ended' }>;

/** A run that has ended, as its journal tells it. Of a tolerance that several stages judged the worst counts: what nobody saw is not met. */
export function endedRun(runId: string, journal: ToldRun): Ended {
  const { verdict, summary, stages, findings } = journal;
  const rejection = findings.find((finding) => finding.rejection !== undefined)?.rejection;
  const { detectSeconds, recoverySeconds } = figuresOf(journal);
  const starts = stages.flatMap(({ start }) => start ?? []);
  const faultBeganAt = starts.toSorted()[0];
  const faultEndedAt = stages
    .flatMap(({ end }) => end ?? [])
    .toSorted()
    .at(-1);
  return {
    state: 'ended',
    outcome: {
      verdict,
      ...(verdict === 'rejected' && rejection !== undefined ? { rejection } : {}),
      summary,
      tolerances: tolerancesOf(stages),
      ...(faultBeganAt === undefined ? {} : { faultBeganAt }),
      ...(faultEndedAt === undefined ? {} : { faultEndedAt }),
      ...(detectSeconds === undefined ? {} : { detectSeconds }),
      ...(recoverySeconds === undefined ? {} : { recoverSeconds: recoverySeconds }),
    },
    endedAtMs: Date.parse(journal.end),
    lines: linesOfRun(runId, journal),
  };
}

const worstFirst = ['missed', 'unknown', 'met'] as const;

function tolerancesOf(stages: ToldRun['stages']): Ended['outcome']['tolerances'] {
  const judged: Record<string, 'met' | 'missed' | 'unknown'> = {};
  for (const { probe, tolerance, state } of stages.flatMap(({ tolerances }) => tolerances)) {
    const name = `${probe}.${tolerance}`;
    judged[name] = worstFirst.find((one) => one === state || one === judged[name]) ?? state;
  }
  return judged;
}
