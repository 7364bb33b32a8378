import { describe, expect, it } from 'vitest';
import { labSchema } from '../../lib/experiment/lab.ts';
import { createLabGuards } from '../../lib/lab/guards.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

const { guards } = labSchema.parse({
  id: 'lab',
  services: { shop: { url: 'http://127.0.0.1:1' } },
  metrics: { errors: { http: { service: 'shop', path: '/', numberOf: '$' } } },
  guards: {
    errors: { metric: 'errors', above: 0.2, for: '3s' },
    elsewhere: { notRehearsable: 'it watches production' },
  },
});

function guardsOver(readings: (number | undefined)[]) {
  const clock = createVirtualClock({ auto: false });
  const made = createLabGuards(guards, { readMetric: async () => readings.shift() }, clock);
  const states: string[] = [];
  return {
    made,
    /** The state at each reading, one a second. */
    play: async () => {
      while (readings.length > 0) {
        const [errors] = made.readers;
        states.push((await errors?.read()) ?? 'none');
        await clock.advance(1_000);
      }
      return states;
    },
  };
}

describe('the guards of a lab', () => {
  it('are in alarm once their metric has been beyond the limit for longer than the rule allows', async () => {
    const { play } = guardsOver([0.2, 0.3, 0.3, 0.3, 0.3, 0.3, 0.1]);
    expect(await play()).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'alarm', 'ok']);
  });

  it('begin to count anew when the metric has been back in between', async () => {
    const { play } = guardsOver([0.3, 0.3, 0.3, 0.1, 0.3, 0.3, 0.3]);
    expect(await play()).not.toContain('alarm');
  });

  it('say so when there is no data, which does not end a time beyond the limit', async () => {
    const { play } = guardsOver([0.3, undefined, undefined, undefined, 0.3]);
    expect(await play()).toEqual(['ok', 'no data', 'no data', 'no data', 'alarm']);
  });

  it('tell what was read, and which of them the lab cannot play', async () => {
    const { made } = guardsOver([0.5]);
    expect(await made.read()).toEqual([
      { guard: 'errors', state: 'ok', detail: 'errors is 0.5; in alarm when above 0.2 for longer than 3s' },
      { guard: 'elsewhere', state: 'missing', detail: 'it watches production' },
    ]);
  });

  it('are looked at all together, or only those that are asked for', async () => {
    const { made } = guardsOver([0, 0]);
    expect(await made.read()).toMatchObject([
      { guard: 'errors', state: 'ok' },
      { guard: 'elsewhere', state: 'missing' },
    ]);
    expect((await made.read(['errors'])).map(({ guard }) => guard)).toEqual(['errors']);
  });
});
