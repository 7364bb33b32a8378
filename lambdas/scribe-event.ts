import * as z from 'zod/mini';
import type { AlarmChange } from '../lib/game-day/scribe.ts';

/** What EventBridge tells of an alarm that has changed. */
const alarmEventSchema = z.object({
  source: z.literal('aws.cloudwatch'),
  'detail-type': z.literal('CloudWatch Alarm State Change'),
  time: z.string(),
  resources: z._default(z.array(z.string()), []),
  detail: z.object({
    alarmName: z.string(),
    state: z.object({
      value: z.enum(['ALARM', 'OK', 'INSUFFICIENT_DATA']),
      reason: z._default(z.string(), ''),
      timestamp: z.optional(z.string()),
    }),
  }),
});

/** Reads an event of an alarm; undefined for whatever else wakes the function. */
export function readAlarmEvent(event: unknown): AlarmChange | undefined {
  const read = alarmEventSchema.safeParse(event);
  if (!read.success) return undefined;
  const { resources, time, detail } = read.data;
  const { value, reason, timestamp } = detail.state;
  return {
    // By its ARN, which an alarm of the same name elsewhere does not have.
    alarm: resources[0] ?? detail.alarmName,
    state: value,
    reason,
    atMs: msOf(timestamp) ?? Date.parse(time),
  };
}

/** CloudWatch writes `2026-12-01T18:00:00.000+0000`. */
function msOf(timestamp: string | undefined): number | undefined {
  const ms = Date.parse((timestamp ?? '').replace(/\+0000$/, 'Z'));
  return Number.isNaN(ms) ? undefined : ms;
}
