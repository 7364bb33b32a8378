import { expect, it } from 'vitest';
import { runMachine } from '../../lib/rehearsal/run-machine.ts';
import runner from '../../lib/run/runner.asl.json' with { type: 'json' };
import { aslProblemsOf } from '../cdk/asl-problems.ts';
import { executeLocally } from './local-execution.ts';

const definition = {
  StartAt: 'Do',
  States: { Do: { Type: 'Task', Resource: 'arn:aws:states:::x', End: true } },
};

it('an interpreter leaves the definition that it is given as it was written: others deploy it', async () => {
  const before = structuredClone(definition);
  await executeLocally({ definition, name: 'one', input: {}, perform: async () => ({}) });
  aslProblemsOf(definition);
  expect(definition).toEqual(before);
});

it("a rehearsal leaves the runner's definition as it was written", async () => {
  await runMachine({
    start: { runId: 'run-1', input: {} },
    step: async () => {
      throw new Error('out of memory');
    },
    onFailure: () => {},
    sleep: async () => {},
  }).catch(() => undefined);
  expect(JSON.stringify(runner)).not.toContain('QueryLanguage');
});
