import type { Mark } from './observation.ts';

/** A stretch of a run between two marks: [startMs, endMs). */
export interface Phase {
  readonly kind: 'baseline' | 'stage' | 'soak' | 'recovery';
  readonly startMs: number;
  /** Infinity where its end was never marked. */
  readonly endMs: number;
  /** Stages count from 0, in the order of their marks. */
  readonly stage: number;
  readonly label: string | undefined;
  readonly bite: boolean | undefined;
}

/** The phases of a run, from its marks. Marks may come in any order; time decides. */
export function phasesOf(marks: readonly Mark[]): Phase[] {
  const sorted = [...marks].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const phases: Phase[] = [];
  let stage = -1;
  let faultEndMs = 0;
  for (const [index, mark] of sorted.entries()) {
    const startMs = Date.parse(mark.at);
    const next = sorted[index + 1];
    const endMs = next === undefined ? Number.POSITIVE_INFINITY : Date.parse(next.at);
    const isLast = next === undefined || next.mark === 'recovery-end';
    const recovery = (fromMs: number): Phase => ({
      kind: 'recovery',
      startMs: fromMs,
      endMs,
      stage,
      label: undefined,
      bite: undefined,
    });
    switch (mark.mark) {
      case 'baseline-start':
        phases.push({ kind: 'baseline', startMs, endMs, stage: 0, label: undefined, bite: undefined });
        break;
      case 'fault-start':
        stage += 1;
        phases.push({
          kind: 'stage',
          startMs,
          endMs,
          stage,
          label: mark.stage,
          bite: next?.mark === 'fault-end' ? next.bite : undefined,
        });
        break;
      case 'fault-end':
        faultEndMs = startMs;
        // Between two stages only a soak is judged: what follows the last one is the recovery.
        if (isLast) phases.push(recovery(startMs));
        break;
      case 'soak-start':
        // One that broke off is none: what was seen after the fault is all of it the recovery.
        if (next?.mark === 'soak-end')
          phases.push({ kind: 'soak', startMs, endMs, stage, label: mark.stage, bite: undefined });
        else if (isLast) phases.push(recovery(faultEndMs));
        break;
      case 'soak-end':
        if (isLast) phases.push(recovery(startMs));
        break;
      case 'recovery-end':
        break;
    }
  }
  return phases;
}
