import * as z from 'zod';
import type { Ask } from './asking.ts';

export const eventEntry = z.looseObject({
  EventBusName: z.string().optional(),
  Source: z.string(),
  DetailType: z.string(),
});

/** What is asked for an event on the default bus, or on one that is named by its ARN. */
export const onBus = ({
  EventBusName: bus = 'default',
  Source,
  DetailType,
}: z.output<typeof eventEntry>): Ask => ({
  action: 'events:PutEvents',
  on: ['event-bus', { EventBusName: bus.replace(/^arn:.*:event-bus\//, '') }],
  context: { 'events:source': Source, 'events:detail-type': DetailType },
  ...(bus.startsWith('arn:') ? { account: bus.split(':')[4] ?? '' } : {}),
});
