import { defaultMs } from '../../experiment/default-ms.ts';
import { defaults } from '../../experiment/defaults.ts';
import { baselineMsOf } from '../../steady-state/baseline-length.ts';
import { recoveryRule, stayMs } from '../../steady-state/recovery/recovery-rule.ts';
import type { FunctionName } from '../function-sizes.ts';
import { experimentOf, type RunnerInput } from '../runner-input.ts';

/** How long each part of a run takes where all goes well and recovery takes all the time that it has, in milliseconds. */
export interface RunTimes {
  readonly baselineMs: number;
  /** All stages with their waits and soaks. */
  readonly stagesMs: number;
  readonly recoveryMs: number;
}

export function runTimesOf(input: RunnerInput): RunTimes {
  const experiment = experimentOf(input);
  const rule = recoveryRule(experiment.recovery, input.pace);
  return {
    baselineMs: baselineMsOf(experiment, input.pace),
    stagesMs: input.stages.reduce((sum, { templateMs, soakMs = 0 }) => sum + templateMs + soakMs, 0),
    recoveryMs: rule.objectiveMs + stayMs(rule, rule.objectiveMs),
  };
}

/** One kind of step of a run: how often its function is called, and how long that takes in all. */
export interface StepUsage {
  readonly step: string;
  readonly function: FunctionName;
  readonly times: number;
  readonly seconds: number;
}

const sliceMs = defaultMs(defaults.slice);
const slicesIn = (ms: number) => Math.max(1, Math.ceil(ms / sliceMs));

/**
 * Seconds that a step waits for AWS, as far as it does not observe: FIS resolves targets and ends experiments within seconds, and a
 * preview takes up to half a minute. Assumed rather long; next to observing they hardly count.
 */
const waitsSeconds = {
  admit: 30,
  startStage: 5,
  confirmTargets: 15,
  endFault: 15,
  rollBack: 20,
  conclude: 10,
};

/** The steps of a run that goes through all its stages. A run that is ended early or not admitted has fewer. */
export function runStepsOf(input: RunnerInput): StepUsage[] {
  const { baselineMs, stagesMs, recoveryMs } = runTimesOf(input);
  const { stages } = input;
  const rollbacks = Object.keys(experimentOf(input).rollbacks ?? {}).length;
  const waiting = (step: keyof typeof waitsSeconds, name: FunctionName, times: number): StepUsage => ({
    step,
    function: name,
    times,
    seconds: times * waitsSeconds[step],
  });
  const observing = (step: string, name: FunctionName, times: number, ms: number): StepUsage => ({
    step,
    function: name,
    times,
    seconds: ms / 1_000,
  });
  // FIS begins a little after the stage does, so that observing a stage goes on into one slice more.
  const stageSlices = stages.reduce(
    (sum, { templateMs, soakMs }) =>
      sum + slicesIn(templateMs) + 1 + (soakMs === undefined ? 0 : slicesIn(soakMs)),
    0,
  );
  return [
    waiting('admit', 'admit', 1),
    observing('baseline', 'observe', slicesIn(baselineMs), baselineMs),
    waiting('startStage', 'fault', stages.length),
    waiting('confirmTargets', 'fault', stages.length),
    observing('observeStage', 'observe', stageSlices, stagesMs),
    waiting('endFault', 'fault', stages.length),
    waiting('rollBack', 'rollback', rollbacks),
    observing('recover', 'recover', slicesIn(recoveryMs), recoveryMs),
    waiting('conclude', 'conclude', 1),
  ];
}
