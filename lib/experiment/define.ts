import type { EnvironmentDefinition } from './environment.ts';
import type { ExperimentDefinition } from './experiment.ts';
import type { GameDayDefinition } from './game-day.ts';
import type { LabDefinition } from './lab.ts';

/**
 * Defines an experiment. The editor completes and checks it; `steadfast check` validates it as a whole.
 *
 * @example
 * export default defineExperiment({ id: 'slow-database', title: 'A slow database does not slow the shop', ... });
 */
export const defineExperiment = (definition: ExperimentDefinition): ExperimentDefinition => definition;

/** Defines an environment: an AWS account and Region, and what the logical names mean there. */
export const defineEnvironment = (definition: EnvironmentDefinition): EnvironmentDefinition => definition;

/** Defines a lab: the same logical names, played by processes on this machine. */
export const defineLab = (definition: LabDefinition): LabDefinition => definition;

/** Defines a game day: the experiments that people go through together, in roles, and what they expect to see. */
export const defineGameDay = (definition: GameDayDefinition): GameDayDefinition => definition;
