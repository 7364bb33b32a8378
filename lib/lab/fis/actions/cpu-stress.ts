import * as z from 'zod';
import { durationMs, numberText, percentText, standIn } from '../stand-in.ts';
import { feltBite } from './cpu-pressure.ts';

/** Loads the CPU that the replicas are kept to meanwhile. */
const cpuStress = (id: string) =>
  standIn({
    id,
    // The defaults are FIS's own (actions reference); 0 workers are one for each CPU, and here there is one.
    parameters: z.object({
      duration: durationMs(),
      percent: percentText().prefault('100'),
      workers: numberText(0).prefault('0'),
    }),
    carryOut: async ({ lab, targets, clock, signal }, { duration, percent, workers }) => {
      if (percent === 0) {
        await clock.sleep(duration, signal);
        return { bit: false, evidence: 'nothing was put under pressure', likely: 'a load of 0 % is none' };
      }
      const ids = targets.map((replica) => replica.id);
      const pressing = await lab.pressBeside(ids, {
        kind: 'cpu',
        workers: Math.max(1, workers),
        loadPercent: percent,
      });
      try {
        await clock.sleep(duration, signal);
        return feltBite(ids, pressing);
      } finally {
        await pressing.stop();
      }
    },
  });

export const taskCpuStress = cpuStress('aws:ecs:task-cpu-stress');
export const podCpuStress = cpuStress('aws:eks:pod-cpu-stress');
