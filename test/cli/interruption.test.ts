import { expect, it } from 'vitest';
import { createInterruption, reasonOfSignal } from '../../lib/cli/interruption.ts';

it('before the run it ends the start of the lab; in the run first the fault, and then everything', async () => {
  const heard: string[] = [];
  const { interruption, ask } = createInterruption({
    onFirst: () => void heard.push('first'),
    onSecond: () => {
      throw new Error('ended at once');
    },
    close: () => void heard.push('closed'),
  });
  expect(interruption.signal.aborted).toBe(false);
  ask('Ctrl-C was pressed');
  expect(interruption.signal.aborted).toBe(true);
  interruption.begin();
  expect(await interruption.halts.requested('slow-1')).toBeUndefined();
  ask('SIGHUP came');
  expect(await interruption.halts.requested('slow-1')).toEqual({ reason: 'SIGHUP came' });
  expect(() => ask('Ctrl-C was pressed')).toThrow('ended at once');
  interruption.close();
  expect(heard).toEqual(['first', 'closed']);
});

it.each([
  ['SIGINT', 'Ctrl-C was pressed'],
  ['SIGTERM', 'SIGTERM came'],
] as const)('%s is told as %s', (signal, reason) => {
  expect(reasonOfSignal(signal)).toBe(reason);
});
