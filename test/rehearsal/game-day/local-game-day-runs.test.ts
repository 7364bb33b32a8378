import { expect, it } from 'vitest';
import type { StageLaunch } from '../../../lib/game-day/machine-state.ts';
import { createLocalGameDayRuns } from '../../../lib/rehearsal/game-day/local-game-day-runs.ts';
import { createMemoryApprovals } from '../../../lib/rehearsal/memory-approvals.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { journalOf } from '../journal-of.ts';

const launch: StageLaunch = {
  launcher: 'slow-payments',
  runId: 'payment-outage-20261201-180000-4fzk-1-1',
  input: {
    gameDay: { edition: 'payment-outage-20261201-180000-4fzk', stage: 1, attempt: 1, approvalMs: 900_000 },
  },
};

it('tells of a change when a run is to end, and not again for as long as that takes', async () => {
  const clock = createVirtualClock({ startMs: Date.parse('2026-12-01T18:00:00.000Z'), auto: false });
  const over = Promise.withResolvers<void>();
  let changes = 0;
  const runs = createLocalGameDayRuns({
    desk: createMemoryApprovals(clock),
    clock,
    run: async () => {
      await over.promise;
      return journalOf({ verdict: 'halted' });
    },
    onChange: () => {
      changes += 1;
    },
    onFailure: () => undefined,
  });
  const ended = runs.start(launch);
  await runs.ports.end(launch.runId, 'the observer halted it');
  const once = changes;
  for (let ask = 0; ask < 3; ask += 1) await runs.ports.end(launch.runId, 'the observer halted it');
  expect(changes).toBe(once);
  over.resolve();
  await ended;
  expect(changes).toBe(once + 1);
});
