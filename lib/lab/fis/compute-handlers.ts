import type { ActionHandler } from './action-handler.ts';
import { podCpuStress, taskCpuStress } from './actions/cpu-stress.ts';
import { drainContainerInstances } from './actions/drain-container-instances.ts';
import { apiInsufficientCapacity, asgInsufficientCapacity } from './actions/insufficient-capacity.ts';
import { podIoStress, taskIoStress } from './actions/io-stress.ts';
import { taskKillProcess } from './actions/kill-process.ts';
import { podMemoryStress } from './actions/memory-stress.ts';
import { podNetworkBlackholePort, taskNetworkBlackholePort } from './actions/network-blackhole-port.ts';
import { podNetworkLatency, taskNetworkLatency } from './actions/network-latency.ts';
import { podNetworkPacketLoss, taskNetworkPacketLoss } from './actions/network-packet-loss.ts';
import { podDelete } from './actions/pod-delete.ts';
import { rebootInstances } from './actions/reboot-instances.ts';
import { sendSpotInstanceInterruptions } from './actions/spot-interruptions.ts';
import { stopInstances } from './actions/stop-instances.ts';
import { stopTask } from './actions/stop-task.ts';
import { terminateInstances } from './actions/terminate-instances.ts';
import { terminateNodegroupInstances } from './actions/terminate-nodegroup-instances.ts';

/** FIS's actions on what runs code: EC2, ECS and EKS. */
export const computeHandlers: readonly ActionHandler[] = [
  apiInsufficientCapacity,
  asgInsufficientCapacity,
  rebootInstances,
  sendSpotInstanceInterruptions,
  stopInstances,
  terminateInstances,
  drainContainerInstances,
  stopTask,
  taskCpuStress,
  taskIoStress,
  taskKillProcess,
  taskNetworkBlackholePort,
  taskNetworkLatency,
  taskNetworkPacketLoss,
  podCpuStress,
  podDelete,
  podIoStress,
  podMemoryStress,
  podNetworkBlackholePort,
  podNetworkLatency,
  podNetworkPacketLoss,
  terminateNodegroupInstances,
];
