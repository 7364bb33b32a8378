import type { Verdict } from '../experiment/verdict.ts';
import type { Window } from '../steady-state/window.ts';

/** The phases of a run, in order (docs/explanation/one-run.md). */
export const phases = [
  'admit',
  'approve',
  'baseline',
  'stage',
  'soak',
  'roll back',
  'recover',
  'conclude',
] as const;

export type Phase = (typeof phases)[number];

/** What a run tells while it goes on: to a terminal, to a log, to a page. */
export type ProgressEvent =
  | {
      readonly kind: 'phase';
      readonly atMs: number;
      readonly phase: Phase;
      readonly waitingFor: string;
      readonly untilMs?: number;
      readonly stage?: number;
    }
  | {
      readonly kind: 'fault';
      readonly atMs: number;
      readonly stage: number;
      readonly status: string;
      readonly untilMs?: number;
    }
  | { readonly kind: 'window'; readonly atMs: number; readonly window: Window }
  | { readonly kind: 'note'; readonly atMs: number; readonly text: string }
  | { readonly kind: 'verdict'; readonly atMs: number; readonly verdict: Verdict };

export interface Progress {
  tell(event: ProgressEvent): void;
}
