import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leaveBytesOf, thisMachine } from '../../../lib/lab/pressure/bounds.ts';
import type { Pressing, PressureCounters } from '../../../lib/lab/pressure/pressure.ts';
import { startPressure } from '../../../lib/lab/pressure/start-pressure.ts';
import { type OwnedProcesses, ownProcesses } from '../../../lib/lab/processes/owned-processes.ts';

const mebibyte = 1_048_576;
let folder: string;
let processes: OwnedProcesses;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steadfast-test-'));
  processes = ownProcesses({ logFolder: folder, registry: join(folder, 'registry') });
});
afterEach(async () => {
  await processes.stop();
  rmSync(folder, { recursive: true, force: true });
});

const named = () => ({ name: 'a', folder });

/** Waits until what its processes have told is so. */
const until = async (pressing: Pressing, is: (counters: PressureCounters) => boolean) => {
  while (!is(pressing.counters())) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('a pressure', () => {
  it('on the CPU computes in as many processes as asked, until it is stopped', async () => {
    const pressing = await startPressure(processes, { kind: 'cpu', workers: 2, loadPercent: 50 }, named());
    const { cpuMs } = pressing.counters();
    await until(pressing, (counters) => counters.cpuMs > cpuMs + 100);
    await pressing.stop();
    await pressing.stop();
    expect(pressing.evidence()).toMatch(/^2 processes computed for \d+\.\d s of CPU time$/);
    expect(pressing.gaveUp()).toBeUndefined();
  });

  it('on the memory holds as much as asked', async () => {
    const pressing = await startPressure(processes, { kind: 'memory', bytes: 40 * mebibyte }, named());
    await until(pressing, ({ heldBytes }) => heldBytes === 40 * mebibyte);
    await pressing.stop();
    expect(pressing.evidence()).toBe('1 process held 40 MiB of memory');
  });

  it('on the memory lets go by itself when the machine has less left than it should', async () => {
    // A machine so large that what must stay free is more than this one has.
    const { totalBytes } = thisMachine(folder);
    const huge = { cpus: 1, totalBytes: 20 * totalBytes, availableBytes: 40 * totalBytes, freeDiskBytes: 0 };
    expect(leaveBytesOf(huge)).toBeGreaterThan(totalBytes);
    const pressing = await startPressure(processes, { kind: 'memory', bytes: mebibyte }, named(), huge);
    expect(pressing.gaveUp()).toMatch(/^it let go of 0 MiB, since the machine had only \d+ MiB left$/);
    expect(pressing.counters().heldBytes).toBe(0);
  });

  it('on the disk writes to a file that has no name', async () => {
    const pressing = await startPressure(processes, { kind: 'io', workers: 1 }, named());
    await until(pressing, ({ writtenBytes }) => writtenBytes > 0);
    expect(readdirSync(folder).sort()).toEqual(['a.1.log', 'registry']);
    await pressing.stop();
    expect(pressing.evidence()).toMatch(/^1 process wrote \d+ MiB to the disk$/);
  });

  it('is refused before any process starts', async () => {
    const { totalBytes } = thisMachine(folder);
    await expect(
      startPressure(processes, { kind: 'memory', bytes: totalBytes }, named()),
    ).rejects.toMatchObject({ code: 'invalid' });
    expect(readdirSync(folder)).toEqual(['registry']);
  });
});
