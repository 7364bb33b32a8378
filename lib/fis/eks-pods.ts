import * as z from 'zod';
import { fisAction } from './action.ts';
import { eksPodNetworkActions } from './eks-pod-network.ts';
import { byPod } from './evidence.ts';
import { asOfFisPod, asPodSecurity, ofFisPod, onPods, podSecurity, whileItLasts } from './on-pods.ts';
import { durationIn, percentIn, wholeNumber } from './parameter.ts';

const podCpuStress = fisAction({
  ...onPods,
  ...whileItLasts,
  id: 'aws:eks:pod-cpu-stress',
  title: 'Loads the CPU inside EKS pods',
  parameters: z
    .strictObject({
      load: percentIn({ what: 'How busy each worker is.', least: '0%', fallback: '100%' }).optional(),
      workers: wholeNumber({
        what: 'How many CPUs are loaded; 0 loads all.',
        least: 0,
        fallback: '0',
      }).optional(),
      ...ofFisPod,
      podSecurity,
    })
    .optional(),
  fisParameters: {
    load: { name: 'percent', as: 'percent' },
    workers: { name: 'workers', as: 'integer' },
    ...asOfFisPod,
    ...asPodSecurity,
  },
  example: { load: '80%' },
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'the replicas are kept to one CPU of the machine, which the stressors load, as many as there are workers; a task has a CPU share of its own',
  },
  evidence: byPod('the CPU utilization of the pods'),
});

const podDelete = fisAction({
  ...onPods,
  id: 'aws:eks:pod-delete',
  title: 'Deletes EKS pods',
  parameters: z
    .strictObject({
      grace: durationIn({
        what: 'How long a pod may take to end, in whole seconds; 0s ends it at once.',
        least: '0s',
        most: '12h',
        fallback: "the pod's own",
      }).optional(),
      ...ofFisPod,
      podSecurity,
    })
    .optional(),
  fisParameters: {
    grace: { name: 'gracePeriodSeconds', as: 'seconds' },
    ...asOfFisPod,
    ...asPodSecurity,
  },
  example: { grace: '0s' },
  leavesBehind: 'deleted pods, which their controllers make again; FIS undoes nothing',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'the process is ended with SIGTERM, or at once where the grace is 0 s, and started again at once; without a grace it has 5 s, a pod 30 s; a deployment takes seconds to make another pod',
  },
  evidence: byPod('the pods that were targeted are gone'),
  price: 'at once',
});

const podIoStress = fisAction({
  ...onPods,
  ...whileItLasts,
  id: 'aws:eks:pod-io-stress',
  title: 'Loads the disk inside EKS pods',
  parameters: z
    .strictObject({
      space: percentIn({
        what: 'The share of the free file system space that is written.',
        least: '0%',
        fallback: '80%',
      }).optional(),
      workers: wholeNumber({ what: 'How many write and read at once.', least: 1, fallback: '1' }).optional(),
      ...ofFisPod,
      podSecurity,
    })
    .optional(),
  fisParameters: {
    space: { name: 'percent', as: 'percent' },
    workers: { name: 'workers', as: 'integer' },
    ...asOfFisPod,
    ...asPodSecurity,
  },
  example: { space: '50%' },
  rehearsal: {
    fidelity: 'approximate',
    differs:
      "the machine's disk is put under pressure, which all replicas of the lab share, drawn or not: each worker writes and reads 64 MiB over and over, whatever share of the space is asked for",
  },
  evidence: byPod("reads and writes of the pods' storage"),
});

const podMemoryStress = fisAction({
  ...onPods,
  ...whileItLasts,
  id: 'aws:eks:pod-memory-stress',
  title: 'Fills the memory of EKS pods',
  parameters: z
    .strictObject({
      memory: percentIn({
        what: 'The share of virtual memory that is taken.',
        least: '0%',
        fallback: '80%',
      }).optional(),
      workers: wholeNumber({ what: 'How many take memory at once.', least: 1, fallback: '1' }).optional(),
      ...ofFisPod,
      podSecurity,
    })
    .optional(),
  fisParameters: {
    memory: { name: 'percent', as: 'percent' },
    workers: { name: 'workers', as: 'integer' },
    ...asOfFisPod,
    ...asPodSecurity,
  },
  example: { memory: '70%' },
  rehearsal: {
    fidelity: 'approximate',
    differs:
      "the machine's memory is filled, which all replicas of the lab share, drawn or not: the share is that of what the machine can spare, so that nothing is killed for it",
  },
  evidence: byPod('the memory utilization and restarts of the pods'),
});

export const eksPodActions = [
  podCpuStress,
  podDelete,
  podIoStress,
  podMemoryStress,
  ...eksPodNetworkActions,
] as const;
