import { statfsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Pressure } from './pressure.ts';

/** What the machine has to give. */
export interface Machine {
  readonly cpus: number;
  readonly totalBytes: number;
  /** Memory that can be had without anything else losing its own. */
  readonly availableBytes: number;
  readonly freeDiskBytes: number;
}

const mebibyte = 1_048_576;

/**
 * Memory that always stays free: a tenth of the machine, and never less than 256 MiB, which the command and a page of Node
 * processes need.
 */
export const leaveBytesOf = ({ totalBytes }: Pick<Machine, 'totalBytes'>): number =>
  Math.max(256 * mebibyte, Math.floor(totalBytes / 10));

/** The most processes for each CPU: more only wait for each other. */
const workersPerCpu = 8;

/** What each process of a pressure on the disk writes over and over: more than a disk's own cache, less than any disk. */
export const ioFileBytes = 64 * mebibyte;

/** Half of what is free on the disk is left. */
const diskShare = 0.5;

/** This machine now, with its container's limit where it has one. */
export function thisMachine(folder: string): Machine {
  const disk = statfsSync(folder);
  const limit = process.constrainedMemory();
  return {
    cpus: availableParallelism(),
    totalBytes: limit > 0 ? Math.min(limit, totalmem()) : totalmem(),
    availableBytes: process.availableMemory(),
    freeDiskBytes: disk.bavail * disk.bsize,
  };
}

const inMib = (bytes: number) => `${Math.floor(bytes / mebibyte)} MiB`;

/** What of a pressure is more than the machine has to give, and how much it has; undefined where it can. */
export function whyTooMuch(
  pressure: Pressure,
  machine: Machine,
): { readonly message: string; readonly hint: string } | undefined {
  if (pressure.kind === 'connections') return undefined;
  if (pressure.kind === 'memory') {
    const most = Math.max(0, machine.availableBytes - leaveBytesOf(machine));
    if (pressure.bytes <= most) return undefined;
    return {
      message: `${inMib(pressure.bytes)} of memory are asked for, and this machine has ${inMib(machine.availableBytes)} available, of which ${inMib(leaveBytesOf(machine))} stay free`,
      hint: most < mebibyte ? 'end what uses so much memory' : `ask for at most ${inMib(most)}`,
    };
  }
  const mostWorkers = workersPerCpu * machine.cpus;
  if (pressure.workers > mostWorkers) {
    return {
      message: `${pressure.workers} workers are asked for, and this machine has ${machine.cpus} CPUs`,
      hint: `ask for at most ${mostWorkers}`,
    };
  }
  if (pressure.kind === 'io' && pressure.workers * ioFileBytes > diskShare * machine.freeDiskBytes) {
    return {
      message: `${pressure.workers} workers write ${inMib(pressure.workers * ioFileBytes)} to the disk, and it has ${inMib(machine.freeDiskBytes)} free, of which half stay free`,
      hint: 'ask for fewer workers, or make room on the disk',
    };
  }
  return undefined;
}

/** @throws SteadfastError `invalid` for more than the machine has to give */
export function checkPressure(pressure: Pressure, machine: Machine): void {
  const why = whyTooMuch(pressure, machine);
  if (why !== undefined) throw new SteadfastError('invalid', why.message, { hint: why.hint });
}
