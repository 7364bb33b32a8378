import type { EnvironmentDefinition } from '../../lib/experiment/environment.ts';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { synthesized } from '../../test/cdk/synthesized.ts';
import { slowDatabase, staging } from '../../test/plan/examples.ts';

/**
 * An experiment with all that a run may leave behind: faults in two stages, a rollback and traffic. Few samples of how fresh the answers
 * are, since a run is played hundreds of times.
 */
const subject = {
  ...slowDatabase,
  baseline: '30s',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', ageOf: '$.readAt' },
      rate: '1/s',
      tolerances: { age: { below: '5s', missedFor: '5s' } },
    },
  },
  stages: [
    { share: 'one', duration: '1m', soak: '20s' },
    // Long enough for a fault that nobody ends to be seen.
    { share: '100%', duration: '5m' },
  ],
  // What a run's errors may rise by is beside the point here, and proving less of it takes fewer samples.
  recovery: { objective: '30s', atLeast: { rate: '50%' } },
  rollbacks: {
    reset: { lambda: { function: 'reset' }, provenBy: 'products', timeout: '90s' },
  },
  traffic: { stateMachine: { name: 'shoppers' } },
  environments: { staging: {} },
} as const satisfies ExperimentDefinition;

const environment = {
  ...staging,
  functions: { reset: 'shop-reset' },
  stateMachines: { shoppers: 'shop-shoppers' },
} as const satisfies EnvironmentDefinition;

/** Its launcher and the runner, as they are deployed. */
export const synthesizeSubject = () => synthesized(subject, environment);

export type Machines = ReturnType<typeof synthesizeSubject>;
