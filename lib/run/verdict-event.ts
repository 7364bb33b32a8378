import type { Rejection, Verdict } from '../experiment/verdict.ts';
import type { GameDayOfRun } from '../plan/game-day-of-run.ts';
import type { Only } from '../plan/only.ts';
import { figuresOf, type MeasuredRun } from './run-figures.ts';
import type { VerdictEvent } from './verdict-event-schema.ts';

/** The source of all events of ours. */
export const eventSource = 'steadfast';

/** What EventBridge knows the event by. */
export const verdictEvent = { source: eventSource, detailType: 'Verdict' } as const;

/** As much of a journal as systems are told. */
export interface ToldJournal extends MeasuredRun {
  readonly runId: string;
  readonly experiment: { readonly id: string; readonly title: string; readonly hash: string };
  readonly environment: { readonly id: string; readonly production: boolean };
  readonly verdict: Verdict;
  readonly summary: string;
  readonly findings: readonly { readonly code: string; readonly rejection?: Rejection | undefined }[];
  readonly start: string;
  readonly only?: Only | undefined;
  readonly gameDay?: GameDayOfRun | undefined;
  readonly stages: readonly (MeasuredRun['stages'][number] & {
    readonly faults: readonly { readonly action: string }[];
  })[];
}

/** The event of a run that has concluded; `services` is what its lease was on. */
export function verdictEventOf(journal: ToldJournal, services: readonly string[]): VerdictEvent {
  const { runId, experiment, environment, verdict, summary, findings, start, end, stages, only, gameDay } =
    journal;
  const rejection = findings.find((finding) => finding.rejection !== undefined)?.rejection;
  return {
    schemaVersion: 1,
    runId,
    experiment: experiment.id,
    title: experiment.title,
    hash: experiment.hash,
    environment: environment.id,
    production: environment.production,
    verdict,
    ...(verdict === 'rejected' && rejection !== undefined ? { rejection } : {}),
    summary,
    findings: [...new Set(findings.map(({ code }) => code))],
    services: [...services],
    faults: [...new Set(stages.flatMap(({ faults }) => faults.map(({ action }) => action)))],
    start,
    end,
    ...figuresOf(journal),
    ...(only === undefined ? {} : { only }),
    ...(gameDay === undefined ? {} : { gameDay }),
    journal: `runs/${runId}/journal.json`,
  };
}
