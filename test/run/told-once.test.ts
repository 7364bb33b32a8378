import { expect, it } from 'vitest';
import { run } from './scripted-run.ts';

const slow = { status: 200, latencyMs: 800 };
const well = { status: 200, latencyMs: 20 };

it('whoever has been told of a verdict is not told again when others could not be told', async () => {
  let failures = 3;
  const deviated = await run({
    world: {
      sees: ({ injecting }) => (injecting ? slow : well),
      tells: () => {
        if (failures === 0) return;
        failures -= 1;
        throw new Error('the topic is gone');
      },
    },
  });
  expect(failures).toBe(0);
  expect(deviated.journal.verdict).toBe('deviated');
  expect(deviated.told).toHaveLength(1);
  expect(deviated.published).toHaveLength(1);
});
