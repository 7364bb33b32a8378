import * as z from 'zod';
import { fisAction } from './action.ts';
import { ecsNetworkActions } from './ecs-network.ts';
import { byAgent, byCall } from './evidence.ts';
import { noParameters, oneOf, percentIn, text, wholeNumber } from './parameter.ts';
import { findsByTag, lists, tagged } from './permission.ts';
import { installDependencies, runsScripts, withSidecar } from './scripts-in-tasks.ts';
import { oneMinuteMs, userGuide } from './source.ts';

const tasks = { key: 'Tasks', resourceType: 'aws:ecs:task' } as const;
const inTasks = { ...tasks, maximum: 200 };

const drainContainerInstances = fisAction({
  id: 'aws:ecs:drain-container-instances',
  title: 'Drains a share of the EC2 hosts of ECS clusters',
  target: { key: 'Clusters', resourceType: 'aws:ecs:cluster', maximum: 100 },
  parameters: z.strictObject({
    hosts: percentIn({ what: 'The share of the hosts that is drained.', least: '1%' }),
  }),
  fisParameters: { hosts: { name: 'drainagePercentage', as: 'percent' } },
  example: { hosts: '50%' },
  durationParameter: 'duration',
  leastDurationMs: oneMinuteMs,
  permissions: [
    tagged('ecs:DescribeClusters'),
    tagged('ecs:UpdateContainerInstancesState'),
    tagged('ecs:ListContainerInstances'),
    findsByTag,
  ],
  requires: ['clusters of EC2 hosts; the cluster and its container instances carry the environment tag'],
  leavesBehind:
    "hosts that may still be DRAINING: FIS's guide does not say whether it sets them back to ACTIVE",
  evidence: byCall('container instances whose status is DRAINING'),
  price: 'by the minute',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      "each replica of the service plays a host with one task: a share of them, rounded down, is stopped and replaced one after the other at once; ECS starts the replacement elsewhere first where the service's deployment asks for it",
  },
  source: userGuide,
});

const stopTask = fisAction({
  id: 'aws:ecs:stop-task',
  title: 'Stops ECS tasks',
  target: { ...tasks, maximum: 500 },
  parameters: noParameters(),
  fisParameters: {},
  example: {},
  permissions: [tagged('ecs:DescribeTasks'), lists('ecs:ListTasks'), tagged('ecs:StopTask'), findsByTag],
  requires: ['tasks that carry the environment tag (the service propagates its tags)'],
  prerequisites: ['propagated-tags'],
  leavesBehind: 'nothing: the ECS service replaces its tasks, FIS undoes nothing',
  evidence: byCall('the tasks that were targeted have stopped, as ECS says', 'tasks-stopped'),
  price: 'at once',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'the process is ended with SIGTERM and started again at once; ECS takes seconds to minutes to replace a task',
  },
  source: userGuide,
});

const taskCpuStress = fisAction({
  id: 'aws:ecs:task-cpu-stress',
  title: 'Loads the CPU inside ECS tasks',
  target: inTasks,
  parameters: z
    .strictObject({
      load: percentIn({ what: 'How busy each worker is.', least: '0%', fallback: '100%' }).optional(),
      workers: wholeNumber({
        what: 'How many CPUs are loaded; 0 loads all.',
        least: 0,
        fallback: '0',
      }).optional(),
      installDependencies: installDependencies('stress-ng'),
    })
    .optional(),
  fisParameters: {
    load: { name: 'percent', as: 'percent' },
    workers: { name: 'workers', as: 'integer' },
    installDependencies: { name: 'installDependencies', as: 'capitalBoolean' },
  },
  example: { load: '80%' },
  durationParameter: 'duration',
  permissions: runsScripts(),
  ...withSidecar,
  leavesBehind: 'nothing: the stressor ends with the action or when it is stopped',
  evidence: byAgent("the service's CPU utilization"),
  price: 'by the minute',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'the replicas are kept to one CPU of the machine, which the stressors load, as many as there are workers; a task has a CPU share of its own',
  },
  source: userGuide,
});

const taskIoStress = fisAction({
  id: 'aws:ecs:task-io-stress',
  title: 'Loads the disk inside ECS tasks',
  target: inTasks,
  parameters: z
    .strictObject({
      space: percentIn({
        what: 'The share of the free file system space that is written.',
        least: '0%',
        fallback: '80%',
      }).optional(),
      workers: wholeNumber({
        what: 'How many write and read at once.',
        least: 1,
        fallback: '1',
      }).optional(),
      installDependencies: installDependencies('stress-ng'),
    })
    .optional(),
  fisParameters: {
    space: { name: 'percent', as: 'percent' },
    workers: { name: 'workers', as: 'integer' },
    installDependencies: { name: 'installDependencies', as: 'capitalBoolean' },
  },
  example: { space: '50%', workers: 2 },
  durationParameter: 'duration',
  permissions: runsScripts(),
  ...withSidecar,
  leavesBehind: 'nothing: the stressor ends with the action or when it is stopped',
  evidence: byAgent("reads and writes of the tasks' storage"),
  price: 'by the minute',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      "the machine's disk is put under pressure, which all replicas of the lab share, drawn or not: each worker writes and reads 64 MiB over and over, whatever share of the space is asked for",
  },
  source: userGuide,
});

const taskKillProcess = fisAction({
  id: 'aws:ecs:task-kill-process',
  title: 'Kills a process inside ECS tasks',
  target: inTasks,
  parameters: z.strictObject({
    process: text({ what: "The process's name." }),
    signal: oneOf(['SIGTERM', 'SIGKILL'], {
      what: 'The signal it is sent.',
      fallback: 'SIGTERM',
    }).optional(),
    installDependencies: installDependencies('killall'),
  }),
  fisParameters: {
    process: { name: 'processName', as: 'text' },
    signal: { name: 'signal', as: 'text' },
    installDependencies: { name: 'installDependencies', as: 'capitalBoolean' },
  },
  example: { process: 'nginx', signal: 'SIGKILL' },
  permissions: runsScripts(),
  requires: [...withSidecar.requires, 'pidMode=task in the task definition'],
  prerequisites: [...withSidecar.prerequisites, 'shared-pid-mode'],
  leavesBehind: 'the process stays dead unless something in the task starts it again; FIS undoes nothing',
  evidence: byAgent('the process is gone from the tasks, or has a new id there'),
  price: 'at once',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'a replica is one process, which must have the name; it is started again at once, and ECS takes seconds to minutes to replace a task',
  },
  source: userGuide,
});

export const ecsActions = [
  drainContainerInstances,
  stopTask,
  taskCpuStress,
  taskIoStress,
  taskKillProcess,
  ...ecsNetworkActions,
] as const;
