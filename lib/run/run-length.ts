import { baselineMs, type RunContext } from './context.ts';

/** How long a run takes from its admission on when all goes well: its baseline, its stages, and the time it has to recover. */
export const runLengthMs = (context: Pick<RunContext, 'experiment' | 'input'>): number => {
  const { experiment, input } = context;
  const stagesMs = input.stages.reduce((sum, { templateMs, soakMs = 0 }) => sum + templateMs + soakMs, 0);
  return baselineMs(context) + stagesMs + experiment.recovery.objective.ms * input.pace;
};
