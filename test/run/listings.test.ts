import { describe } from 'vitest';
import { runnerInput } from '../fakes/fake-aws-input.ts';
import { createFakeRun } from '../fakes/fake-run-ports.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { itListsExperiments, planOf } from './ports-contract.ts';

describe('the fake listing', () => {
  itListsExperiments((deployed) => {
    const lists = (experiment: string, plan?: string) => {
      if (!deployed.includes(experiment)) return 'absent';
      return plan === planOf(experiment) ? 'listed' : 'changed';
    };
    const world = { faults: { durationMs: 1 }, lists };
    return createFakeRun(createVirtualClock(), runnerInput(), world).ports.listings;
  });
});
