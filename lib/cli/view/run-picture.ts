import type { Experiment } from '../../experiment/experiment.ts';
import { stageLabel } from '../../experiment/fault-parts.ts';
import type { Verdict } from '../../experiment/verdict.ts';
import type { Phase, ProgressEvent } from '../../run/progress.ts';
import type { Window } from '../../steady-state/window.ts';

type Of<Kind extends ProgressEvent['kind']> = Extract<ProgressEvent, { kind: Kind }>;

/** One step of the list of phases; each stage is one of its own. */
export interface Step {
  readonly name: string;
  readonly phase: Phase;
  readonly stage?: number;
  /** When it was entered; undefined while it was not. */
  readonly startMs?: number;
}

/** All that the live view shows, as far as it is known. Made from progress events alone. */
export interface RunPicture {
  readonly steps: readonly Step[];
  /** Index into `steps`. */
  readonly current: number | undefined;
  readonly phase: Of<'phase'> | undefined;
  readonly fault: Of<'fault'> | undefined;
  readonly notes: readonly Of<'note'>[];
  /** The last windows of each probe, oldest first. */
  readonly windows: ReadonlyMap<string, readonly Window[]>;
  readonly startMs: number | undefined;
  readonly verdict: Verdict | undefined;
}

/** As many windows as the widest sparkline has bars. */
const keptWindows = 80;
const keptNotes = 4;

/** The steps an experiment will take, and nothing known yet. */
export function emptyPicture(experiment: Experiment): RunPicture {
  const { stages, rollbacks } = experiment;
  return {
    steps: [
      { name: 'admit', phase: 'admit' },
      { name: 'baseline', phase: 'baseline' },
      ...stages.flatMap((stage, index): Step[] => {
        const name =
          stages.length === 1
            ? `stage: ${stageLabel(stage)}`
            : `stage ${index + 1} of ${stages.length}: ${stageLabel(stage)}`;
        const soak: Step = { name: `soak after ${stageLabel(stage)}`, phase: 'soak', stage: index };
        return [{ name, phase: 'stage', stage: index }, ...(stage.soak === undefined ? [] : [soak])];
      }),
      ...(Object.keys(rollbacks ?? {}).length === 0
        ? []
        : [{ name: 'roll back', phase: 'roll back' as const }]),
      { name: 'recover', phase: 'recover' },
      { name: 'conclude', phase: 'conclude' },
    ],
    current: undefined,
    phase: undefined,
    fault: undefined,
    notes: [],
    windows: new Map(),
    startMs: undefined,
    verdict: undefined,
  };
}

/** The picture with a step that only some runs have, once one is in it. */
function withOwnStep(picture: RunPicture, { phase }: Of<'phase'>): RunPicture {
  if (phase !== 'approve' || picture.steps.some((step) => step.phase === phase)) return picture;
  const [admit, ...others] = picture.steps;
  return {
    ...picture,
    steps: [...(admit === undefined ? [] : [admit]), { name: 'await approval', phase }, ...others],
  };
}

function enter(before: RunPicture, event: Of<'phase'>): RunPicture {
  const picture = withOwnStep(before, event);
  const found = picture.steps.findIndex(
    (step) => step.phase === event.phase && (step.stage === undefined || step.stage === (event.stage ?? 0)),
  );
  const current = found < 0 ? picture.current : found;
  const steps = picture.steps.map((step, index) =>
    index === current && step.startMs === undefined ? { ...step, startMs: event.atMs } : step,
  );
  return { ...picture, phase: event, steps, current };
}

/** What is known after one more event. */
export function withEvent(before: RunPicture, event: ProgressEvent): RunPicture {
  const picture = before.startMs === undefined ? { ...before, startMs: event.atMs } : before;
  switch (event.kind) {
    case 'phase':
      return enter(picture, event);
    case 'fault':
      return { ...picture, fault: event };
    case 'note':
      return { ...picture, notes: [...picture.notes, event].slice(-keptNotes) };
    case 'verdict':
      return { ...picture, verdict: event.verdict };
    case 'window': {
      const { window } = event;
      const kept = [...(picture.windows.get(window.probe) ?? []), window].slice(-keptWindows);
      return { ...picture, windows: new Map(picture.windows).set(window.probe, kept) };
    }
  }
}

/** Requests a second that the window holds, the prober's own failures apart. */
export const ratePerSecond = (window: Window): number =>
  (window.count * 1_000) / Math.max(1, window.endMs - window.startMs);
