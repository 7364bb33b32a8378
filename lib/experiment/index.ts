export { defineEnvironment, defineExperiment, defineLab } from './define.ts';
export type { EnvironmentDefinition } from './environment.ts';
export type { ExperimentDefinition } from './experiment.ts';
export type { LabDefinition } from './lab.ts';
