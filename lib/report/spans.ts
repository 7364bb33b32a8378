import type { Journal, JournalStage } from '../run/journal.ts';
import { highest, lowest } from './numbers.ts';

/** A stretch of the run that the charts mark. */
export interface Span {
  readonly kind: 'baseline' | 'fault' | 'soak' | 'recovery';
  /** Labels from the longest to the shortest; a chart takes the first that fits. */
  readonly labels: readonly string[];
  readonly startMs: number;
  readonly endMs: number;
}

/** Where a stage's fault was on: as recorded, else as far as its windows reach. */
function faultSpan(stage: JournalStage, index: number): Span | undefined {
  const startMs =
    stage.start === undefined
      ? lowest(stage.windows.map((window) => window.startMs))
      : Date.parse(stage.start);
  const endMs =
    stage.end === undefined ? highest(stage.windows.map((window) => window.endMs)) : Date.parse(stage.end);
  if (endMs <= startMs) return undefined;
  return { kind: 'fault', labels: [`fault: ${stage.label}`, stage.label, String(index + 1)], startMs, endMs };
}

/** Where a stage was soaked. */
function soakSpan({ soak, label }: JournalStage): Span | undefined {
  if (soak?.start === undefined || soak.end === undefined) return undefined;
  const [startMs, endMs] = [Date.parse(soak.start), Date.parse(soak.end)];
  return { kind: 'soak', labels: [`soak after ${label}`, 'soak', 'S'], startMs, endMs };
}

/** Baseline, each stage's fault with its soak, and recovery, in the order of time; what did not happen is left out. */
export function spansOf(journal: Journal): Span[] {
  const { baseline, recovery } = journal;
  const recoveryWindows = recovery?.windows ?? [];
  const before: Span[] =
    baseline.start === undefined || baseline.end === undefined
      ? []
      : [
          {
            kind: 'baseline',
            labels: ['baseline', 'base', 'B'],
            startMs: Date.parse(baseline.start),
            endMs: Date.parse(baseline.end),
          },
        ];
  const after: Span[] =
    recoveryWindows.length === 0
      ? []
      : [
          {
            kind: 'recovery',
            labels: ['recovery', 'rec.', 'R'],
            startMs: lowest(recoveryWindows.map((window) => window.startMs)),
            endMs: highest(recoveryWindows.map((window) => window.endMs)),
          },
        ];
  return [
    ...before,
    ...journal.stages.flatMap((stage, index) =>
      [faultSpan(stage, index), soakSpan(stage)].flatMap((span) => span ?? []),
    ),
    ...after,
  ];
}

/** `stage 2 of 3 (50%)`; where there is only one, `the stage (one)`. */
export function stageName(stages: readonly JournalStage[], index: number): string {
  const name = stages.length === 1 ? 'the stage' : `stage ${index + 1} of ${stages.length}`;
  const label = stages[index]?.label;
  return label === undefined ? name : `${name} (${label})`;
}
