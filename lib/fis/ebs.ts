import * as z from 'zod';
import { fisAction } from './action.ts';
import { byCall } from './evidence.ts';
import { durationIn, noParameters, percentIn } from './parameter.ts';
import { findsByTag, reads, tagged } from './permission.ts';
import { userGuide } from './source.ts';

/** What both actions on volumes have in common. */
const onVolumes = {
  durationParameter: 'duration',
  leastDurationMs: 1_000,
  price: 'by the minute',
  rehearsal: {
    fidelity: 'not rehearsable',
    why: "only the system's own kernel can hold back what a process reads and writes, and only for an administrator",
  },
  source: userGuide,
} as const;

const delay = (what: string) => durationIn({ what, least: '1ms', most: '60s', fallback: '100ms' }).optional();
const share = (what: string) => percentIn({ what, least: '0.1%', fallback: '100%' }).optional();

const pauseVolumeIo = fisAction({
  ...onVolumes,
  id: 'aws:ebs:pause-volume-io',
  title: 'Stops all input and output of EBS volumes',
  target: { key: 'Volumes', resourceType: 'aws:ec2:ebs-volume', maximum: 160 },
  parameters: noParameters(),
  fisParameters: {},
  example: {},
  permissions: [reads('ec2:DescribeVolumes'), tagged('ec2:PauseVolumeIO'), findsByTag],
  requires: [
    'volumes of one Availability Zone, attached to Nitro instances, that carry the environment tag as the instances do',
  ],
  limits: ['not on Outposts'],
  leavesBehind: 'nothing: input and output go on when the action ends or is stopped',
  evidence: byCall("the volumes' stalled status check"),
});

const volumeIoLatency = fisAction({
  ...onVolumes,
  id: 'aws:ebs:volume-io-latency',
  title: 'Delays reads and writes of EBS volumes',
  target: { key: 'Volumes', resourceType: 'aws:ec2:ebs-volume' },
  parameters: z
    .strictObject({
      reads: share('The share of reads that is delayed.'),
      readDelay: delay('How much longer they take; at least 10ms on volumes other than io2.'),
      writes: share('The share of writes that is delayed.'),
      writeDelay: delay('How much longer they take; at least 10ms on volumes other than io2.'),
    })
    .optional(),
  fisParameters: {
    reads: { name: 'readIOPercentage', as: 'decimalPercent' },
    readDelay: { name: 'readIOLatencyMilliseconds', as: 'milliseconds' },
    writes: { name: 'writeIOPercentage', as: 'decimalPercent' },
    writeDelay: { name: 'writeIOLatencyMilliseconds', as: 'milliseconds' },
  },
  example: { readDelay: '50ms', writes: '12.5%', writeDelay: '200ms' },
  permissions: [reads('ec2:DescribeVolumes'), tagged('ec2:InjectVolumeIOLatency'), findsByTag],
  requires: [
    'volumes of one Availability Zone that carry the environment tag (attached to Nitro instances, by an older guide)',
  ],
  limits: ['not on Outposts'],
  leavesBehind: 'nothing: the delay is taken away when the action ends or is stopped',
  evidence: byCall("the volumes' read and write latency"),
});

export const ebsActions = [pauseVolumeIo, volumeIoLatency] as const;
