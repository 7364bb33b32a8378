export { defineEnvironment, defineExperiment, defineGameDay, defineLab } from './define.ts';
export type { EnvironmentDefinition } from './environment.ts';
export type { ExperimentDefinition } from './experiment.ts';
export type { GameDayDefinition } from './game-day.ts';
export type { LabDefinition } from './lab.ts';
