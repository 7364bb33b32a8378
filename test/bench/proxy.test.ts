import { expect, it } from 'vitest';
import { measure } from '../../bench/proxy/measure.ts';

it('the benchmark of the fault proxy measures links beside bare pipes, in processes of their own', async () => {
  const told: string[] = [];
  const measured = await measure(
    {
      downloadBytes: 2 * 2 ** 20,
      downloads: 1,
      delayMs: 20,
      trips: { connections: 2, trips: 2, rounds: 1 },
      visits: { visits: 40, pairs: 1 },
      memory: { connections: 100, senders: 1 },
    },
    (text) => told.push(text),
  );
  expect(told).toEqual(['throughput', 'a delay of 20 ms', 'new connections', 'memory']);
  expect(measured.throughput.ratio).toBeGreaterThan(0);
  expect(measured.connections.perSecond).toBeGreaterThan(0);
  expect(measured.delays.trips).toBe(4);
  // A delay is never short of more than a timer's step.
  expect(measured.delays.earliestMs).toBeGreaterThan(-1);
  // The link holds its bound, and what the kernel takes of both its sockets; the rest waits where it is sent.
  expect(measured.memory.sentMb).toBeLessThan(64);
});
