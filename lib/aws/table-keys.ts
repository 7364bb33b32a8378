import { approvalPartition, gameDayPrefix, haltPrefix, pausePartition } from '../plan/table-partitions.ts';

/**
 * The items of an environment's table. Keys are `pk` and `sk`; `expiresAt` (seconds since 1970) is its TTL attribute.
 *
 * | item | pk | sk |
 * | --- | --- | --- |
 * | lease on a service | `LEASE` | `SERVICE#<service>` |
 * | one of the places for runs at once | `LEASE` | `PLACE#<number>` |
 * | the token of the last lease taken | `LEASE` | `TOKEN` |
 * | a run that is not yet recorded as ended, with its undo ledger | `LIVE` | `RUN#<runId>` |
 * | halt of one run, or of all | `HALT#<runId>`, `HALT#ALL` | `HALT` |
 * | pause of an experiment | `PAUSE` | `EXPERIMENT#<experiment>` |
 * | a run's wish for an approval | `APPROVAL` | `RUN#<runId>` |
 * | the same of a run of a game day, which only that answers | `GAMEDAYAPPROVAL` | `RUN#<runId>` |
 * | a run that has ended | `RUN#<runId>` | `RUN` |
 * | the same by experiment and start | `EXPERIMENT#<experiment>` | `RUN#<start>#<runId>` |
 * | the same by month and start | `RUNS#<yyyy-mm>` | `<start>#<runId>` |
 * | one run of a campaign | `CAMPAIGN#<campaign>` | `JOB#<number>` |
 * | how the campaign is | `CAMPAIGN#<campaign>` | `CAMPAIGN` |
 * | an entry of the log of an edition of a game day | `GAMEDAY#<edition>` | `ENTRY#<number>` |
 * | an edition of a game day, by when it began | `GAMEDAY#EDITIONS` | `EDITION#<began>#<edition>` |
 * | when people were last reminded of a game day | `GAMEDAY#REMINDERS` | `GAMEDAY#<game day>` |
 * | whether people have been told that it is stopped | `CAMPAIGN#<campaign>` | `TOLD` |
 * | the same of an execution that is cut off from another part | `CAMPAIGN#<campaign>` | `TOLD#CUT-OFF#<execution>` |
 * | what another part of it has told | `CAMPAIGN#<campaign>` | `PART#<account>#<region>#<dispatcher>` |
 */
export const leasePartition = 'LEASE';

export const serviceLeaseKey = (service: string) => ({ pk: leasePartition, sk: `SERVICE#${service}` });

export const placeLeaseKey = (place: number) => ({ pk: leasePartition, sk: `PLACE#${place}` });

export const isPlace = (sk: string) => sk.startsWith('PLACE#');

/** Raised by each lease that is taken, in the same transaction: no two of them have the same token. */
export const leaseTokenKey = { pk: leasePartition, sk: 'TOKEN' };

export const liveRunPartition = 'LIVE';

export const liveRunKey = (runId: string) => ({ pk: liveRunPartition, sk: `RUN#${runId}` });

export const haltKey = (runId: string) => ({ pk: `${haltPrefix}${runId}`, sk: 'HALT' });

export const haltAllKey = { pk: `${haltPrefix}ALL`, sk: 'HALT' };

const pausePrefix = 'EXPERIMENT#';

export const pauseKey = (experiment: string) => ({ pk: pausePartition, sk: `${pausePrefix}${experiment}` });

export const experimentOfPause = (sk: string) => sk.slice(pausePrefix.length);

export const approvalKey = (runId: string, pk: string = approvalPartition) => ({ pk, sk: `RUN#${runId}` });

export const runOfApproval = (sk: string) => sk.slice('RUN#'.length);

export const runKey = (runId: string) => ({ pk: `RUN#${runId}`, sk: 'RUN' });

export const runOfExperimentKey = (experiment: string, start: string, runId: string) => ({
  pk: `EXPERIMENT#${experiment}`,
  sk: `RUN#${start}#${runId}`,
});

/** By the month of its start, so that the newest runs are found without reading all. */
export const runOfMonthKey = (start: string, runId: string) => ({
  pk: `RUNS#${start.slice(0, 7)}`,
  sk: `${start}#${runId}`,
});

export const campaignPartition = (campaign: string) => `CAMPAIGN#${campaign}`;

/** With leading zeros, so that they are in the order of the plan. */
export const campaignJobKey = (campaign: string, index: number) => ({
  pk: campaignPartition(campaign),
  sk: `JOB#${String(index).padStart(6, '0')}`,
});

export const campaignStatusKey = (campaign: string) => ({
  pk: campaignPartition(campaign),
  sk: 'CAMPAIGN',
});

export const campaignToldKey = ({ campaign, cutOffIn }: { campaign: string; cutOffIn?: number }) => ({
  pk: campaignPartition(campaign),
  sk: cutOffIn === undefined ? 'TOLD' : `TOLD#CUT-OFF#${cutOffIn}`,
});

export const campaignPartPrefix = 'PART#';

export const campaignPartKey = (
  campaign: string,
  { account, region, dispatcher }: { account: string; region: string; dispatcher: string },
) => ({
  pk: campaignPartition(campaign),
  sk: `${campaignPartPrefix}${account}#${region}#${dispatcher}`,
});

/** Editions have names in small letters: none of them is one of the other partitions. */
export const editionPartition = (edition: string) => `${gameDayPrefix}${edition}`;

/** With leading zeros, so that they are in the order in which they were written. */
export const entryKey = (edition: string, number: number) => ({
  pk: editionPartition(edition),
  sk: `ENTRY#${String(number).padStart(6, '0')}`,
});

export const editionsPartition = `${gameDayPrefix}EDITIONS`;

export const editionKey = (beganAt: string, edition: string) => ({
  pk: editionsPartition,
  sk: `EDITION#${beganAt}#${edition}`,
});

export const remindersPartition = `${gameDayPrefix}REMINDERS`;

export const reminderKey = (gameDay: string) => ({
  pk: remindersPartition,
  sk: `GAMEDAY#${gameDay}`,
});
