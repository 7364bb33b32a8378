import { type CloudTrailClient, type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import * as z from 'zod/mini';
import type { AccountChange } from '../../game-day/scribe.ts';
import { jsonText } from '../../run/json-text.ts';
import type { Clock } from '../../run/ports.ts';

/** LookupEvents takes two requests a second of an account and Region (API reference): others ask too. */
const pauseMs = 600;

/** So many requests one look makes at most, within its function's time. */
const mostPages = 40;

/** So many it makes of one stretch of time before it looks at a shorter one. */
const pagesOfStretch = 8;

/** No stretch is made shorter: what happens in it beyond that many pages is left to CloudTrail itself. */
const leastStretchMs = 10_000;

/** What a function does to have a log, thousands of times a day, and tells nobody anything. */
const noise: readonly string[] = ['CreateLogStream', 'CreateLogGroup'];

/** As much of an event's record as is told. */
const recordSchema = z.pipe(
  jsonText,
  z.object({
    userIdentity: z.optional(
      z.object({
        arn: z.optional(z.string()),
        invokedBy: z.optional(z.string()),
        sessionContext: z.optional(
          z.object({ sessionIssuer: z.optional(z.object({ userName: z.optional(z.string()) })) }),
        ),
      }),
    ),
    errorCode: z.optional(z.string()),
  }),
);

/** What was changed in an account and Region, as CloudTrail tells: about five minutes later, now and then later than that. */
export interface AccountChanges {
  /** What was changed in a stretch of time, and until when all of it has been read. */
  between(
    fromMs: number,
    toMs: number,
  ): Promise<{ readonly changes: readonly AccountChange[]; readonly readUntilMs: number }>;
}

/** Reads management events that are no reads, but for what Steadfast itself did in the environment, which its runs tell. */
export function createAccountChanges(options: {
  readonly cloudTrail: CloudTrailClient;
  readonly clock: Clock;
  readonly environment: string;
}): AccountChanges {
  const { cloudTrail, clock, environment } = options;

  return {
    between: async (fromMs, toMs) => {
      const changes = new Map<string, AccountChange>();
      let readUntilMs = fromMs;
      let stretchMs = toMs - fromMs;
      let pages = mostPages;
      while (readUntilMs < toMs && pages > 0) {
        const endMs = Math.min(toMs, readUntilMs + stretchMs);
        const most = Math.min(pages, pagesOfStretch);
        const read = await readStretch(readUntilMs, endMs, most);
        pages -= read.pages;
        for (const one of read.changes) changes.set(one.key, one);
        if (read.isWhole || (stretchMs <= leastStretchMs && most === pagesOfStretch)) readUntilMs = endMs;
        else stretchMs = Math.max(leastStretchMs, stretchMs / 4);
      }
      return { changes: [...changes.values()], readUntilMs };
    },
  };

  async function readStretch(fromMs: number, toMs: number, mostOfThem: number) {
    const changes: AccountChange[] = [];
    let next: string | undefined;
    let pages = 0;
    do {
      if (pages > 0) await clock.sleep(pauseMs);
      const { Events = [], NextToken } = await cloudTrail.send(
        new LookupEventsCommand({
          LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'false' }],
          // CloudTrail takes whole seconds, both ends included.
          StartTime: new Date(Math.floor(fromMs / 1_000) * 1_000),
          EndTime: new Date(Math.ceil(toMs / 1_000) * 1_000),
          MaxResults: 50,
          NextToken: next,
        }),
      );
      changes.push(...Events.flatMap((event) => changeOf(event) ?? []));
      next = NextToken;
      pages += 1;
    } while (next !== undefined && pages < mostOfThem);
    return { changes, pages, isWhole: next === undefined };
  }

  function changeOf(event: Event): AccountChange | undefined {
    const { EventId, EventName = 'something', EventSource = '', EventTime, Username, Resources = [] } = event;
    if (EventId === undefined || EventTime === undefined || noise.includes(EventName)) return undefined;
    const record = recordSchema.safeParse(event.CloudTrailEvent).data;
    const { arn, invokedBy, sessionContext } = record?.userIdentity ?? {};
    const role = sessionContext?.sessionIssuer?.userName ?? arn?.split('/')[1] ?? '';
    if (role.startsWith(`steadfast-${environment}-`)) return undefined;
    return {
      key: EventId,
      atMs: EventTime.getTime(),
      event: record?.errorCode === undefined ? EventName : `${EventName} (refused: ${record.errorCode})`,
      source: EventSource,
      who: arn ?? invokedBy ?? Username ?? 'nobody knows whom',
      resources: Resources.flatMap(({ ResourceName }) => ResourceName ?? []),
    };
  }
}
