import { EventBridgeClient, PutEventsCommand, type PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import * as z from 'zod';

/** An event on its way to a bus. */
export interface Delivery {
  /** The ARN of the bus. */
  readonly bus: string;
  /** As a rule gives it to a function. */
  readonly event: Readonly<Record<string, unknown>>;
}

const entrySchema = z.object({
  EventBusName: z.string().regex(/^arn:aws:events:/),
  Source: z.string(),
  DetailType: z.string(),
  Detail: z.string(),
});

/** EventBridge in all Regions: what is put on a bus waits until somebody delivers it. */
export function createFakeEventBuses(options: {
  /** Why it does not take an event; it takes it where undefined. */
  readonly refuses?: (bus: string) => string | undefined;
  readonly clock: { now(): number };
  readonly record?: (input: PutEventsCommandInput) => void;
}) {
  const pending: Delivery[] = [];
  const clients = new Map<string, EventBridgeClient>();
  return {
    pending,
    eventBridgeIn: (region: string): EventBridgeClient => {
      const known = clients.get(region);
      if (known !== undefined) return known;
      const client = new EventBridgeClient({ region });
      mockClient(client)
        .on(PutEventsCommand)
        .callsFake((input: PutEventsCommandInput) => {
          options.record?.(input);
          const Entries = (input.Entries ?? []).map((one) => {
            const { EventBusName: bus, Source, DetailType, Detail } = entrySchema.parse(one);
            // As EventBridge has it: a bus is reached in its own Region alone.
            if (bus.split(':')[3] !== region) throw new Error('Cross-region API call is not allowed');
            const why = options.refuses?.(bus);
            if (why !== undefined) return { ErrorCode: 'AccessDeniedException', ErrorMessage: why };
            const detail: unknown = JSON.parse(Detail);
            // EventBridge gives whole seconds.
            const time = `${new Date(options.clock.now()).toISOString().slice(0, 19)}Z`;
            pending.push({ bus, event: { source: Source, time, 'detail-type': DetailType, detail } });
            return { EventId: String(pending.length) };
          });
          return { Entries, FailedEntryCount: Entries.filter((one) => 'ErrorCode' in one).length };
        });
      clients.set(region, client);
      return client;
    },
  };
}
