import { describe, expect, it } from 'vitest';
import { experimentOf, runnerInputSchema } from '../../../lib/plan/runner-input.ts';
import { lookAtAdmission } from '../../../lib/run/admission/look-at-admission.ts';
import { createContext } from '../../../lib/run/context.ts';
import { createFakeRun, type World } from '../../fakes/fake-run-ports.ts';
import { labInput, labStage } from '../../fakes/lab-input.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { slowDatabase } from '../scripted-run.ts';

async function look(world: Partial<World> = {}) {
  const input = runnerInputSchema.parse(labInput(slowDatabase, [labStage('stage-1', 15_000)]));
  let previews = 0;
  const preview = () => {
    previews += 1;
    return [];
  };
  const fake = createFakeRun(createVirtualClock(), input, {
    ...world,
    faults: { durationMs: 15_000, preview },
  });
  const results = await lookAtAdmission(createContext(fake.ports, input, experimentOf(input), 'run-1'));
  return { results, fake, previews };
}

describe('a look at admission', () => {
  it('gives each check with its evidence, and changes nothing', async () => {
    const { results, fake, previews } = await look();
    expect(results.map(({ check }) => check)).toEqual([
      'kill-switch',
      'safety-lever',
      'pause',
      'listed',
      'start-time',
      'blackout',
      'freeze',
      'incidents',
      'capacity',
      'lease',
      'guards',
      'targets',
      'counts',
      'prerequisites',
    ]);
    for (const { passed, evidence } of results) {
      expect(passed).toBe(true);
      expect(evidence).not.toBe('');
    }
    expect(fake.held.size).toBe(0);
    expect(await fake.store.entries('run-1')).toEqual([]);
    expect(fake.events).toEqual([]);
    expect([previews, fake.asked.length, fake.traffic.requests.length]).toEqual([0, 0, 0]);
  });

  it('goes on behind a check that fails, and looks no further into targets that may not be hit', async () => {
    const { results } = await look({
      halts: () => 'an incident',
      takesLease: () => true,
      matching: () => [{ fault: 'slow', id: 'odd-1', tags: {} }],
    });
    expect(results.filter(({ passed }) => !passed).map(({ check }) => check)).toEqual([
      'kill-switch',
      'lease',
      'targets',
    ]);
    expect(results.at(-1)?.check).toBe('targets');
  });
});
