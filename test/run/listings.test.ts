import { describe } from 'vitest';
import { runnerInput } from '../fakes/fake-aws-input.ts';
import { createFakeRun } from '../fakes/fake-run-ports.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { itListsExperiments } from './ports-contract.ts';

describe('the fake listing', () => {
  itListsExperiments((deployed) => {
    const world = { faults: { durationMs: 1 }, lists: (experiment: string) => deployed.includes(experiment) };
    return createFakeRun(createVirtualClock(), runnerInput(), world).ports.listings;
  });
});
