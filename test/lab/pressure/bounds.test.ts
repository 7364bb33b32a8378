import { describe, expect, it } from 'vitest';
import { checkPressure, ioFileBytes, leaveBytesOf, thisMachine } from '../../../lib/lab/pressure/bounds.ts';

const mebibyte = 1_048_576;
const machine = {
  cpus: 2,
  totalBytes: 8_192 * mebibyte,
  availableBytes: 4_096 * mebibyte,
  freeDiskBytes: 4 * ioFileBytes,
};

describe('the bounds of a pressure', () => {
  it('leave a tenth of the memory free, and say how much may be asked for', () => {
    expect(() => checkPressure({ kind: 'memory', bytes: 3_276 * mebibyte }, machine)).not.toThrow();
    expect(() => checkPressure({ kind: 'memory', bytes: 3_277 * mebibyte }, machine)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message:
          '3277 MiB of memory are asked for, and this machine has 4096 MiB available, of which 819 MiB stay free',
        hint: 'ask for at most 3276 MiB',
      }),
    );
  });

  it('leave a small machine as much as the command needs', () => {
    expect(leaveBytesOf({ totalBytes: 512 * mebibyte })).toBe(256 * mebibyte);
    expect(() =>
      checkPressure({ kind: 'memory', bytes: 1 }, { ...machine, availableBytes: 100 * mebibyte }),
    ).toThrow(expect.objectContaining({ hint: 'end what uses so much memory' }));
  });

  it('let only so many processes compute as the CPUs can tell apart', () => {
    expect(() => checkPressure({ kind: 'cpu', workers: 16, loadPercent: 100 }, machine)).not.toThrow();
    expect(() => checkPressure({ kind: 'cpu', workers: 17, loadPercent: 1 }, machine)).toThrow(
      '17 workers are asked for, and this machine has 2 CPUs',
    );
  });

  it('leave half of the disk free', () => {
    expect(() => checkPressure({ kind: 'io', workers: 2 }, machine)).not.toThrow();
    expect(() => checkPressure({ kind: 'io', workers: 3 }, machine)).toThrow(
      '3 workers write 192 MiB to the disk, and it has 256 MiB free, of which half stay free',
    );
  });

  it('are those of this machine', () => {
    const here = thisMachine('.');
    expect(here.cpus).toBeGreaterThan(0);
    expect(here.availableBytes).toBeGreaterThan(0);
    expect(here.totalBytes).toBeGreaterThanOrEqual(here.availableBytes);
    expect(here.freeDiskBytes).toBeGreaterThan(0);
  });
});
