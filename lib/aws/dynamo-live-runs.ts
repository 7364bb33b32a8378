import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import {
  type BegunRun,
  type LiveRun,
  liveRunSchema,
  pendingOf,
  tellingMs,
  toldOf,
  undoKey,
} from '../run/live-run.ts';
import type { Clock, LiveRuns } from '../run/ports.ts';
import { isNamed } from './aws-error.ts';
import { liveRunKey, runKey, runOfExperimentKey, runOfMonthKey } from './table-keys.ts';
import { transact } from './transact.ts';

const recordSchema = z.object({ verdict: z.string() });

/**
 * Runs under way as items of the table. A run is either live or recorded as ended, never both: each change of a live one is in one
 * transaction with a look that it has not been recorded.
 */
export function createDynamoLiveRuns(options: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
  readonly clock: Clock;
  /** Who asks: the one that has claimed a run may claim it again. */
  readonly by: string;
}): LiveRuns {
  const { dynamo, table, clock, by } = options;
  const TableName = table;

  const notRecorded = (runId: string) => ({
    ConditionCheck: {
      TableName,
      Key: runKey(runId),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  });

  /** Writes what is known of the run, and `more`, unless the run has been recorded as ended. */
  const write = (run: BegunRun, more: { set?: string; condition?: string; values?: object }) =>
    transact({ dynamo, clock }, [
      notRecorded(run.runId),
      {
        Update: {
          TableName,
          Key: liveRunKey(run.runId),
          UpdateExpression: `SET runId = :run, experiment = :experiment, startedAtMs = if_not_exists(startedAtMs, :started), pending = if_not_exists(pending, :none)${run.gameDay === undefined ? '' : ', gameDay = :gameDay'}${more.set ?? ''}`,
          ...(more.condition === undefined ? {} : { ConditionExpression: more.condition }),
          ExpressionAttributeValues: {
            ':run': run.runId,
            ':experiment': run.experiment,
            ':started': run.startedAtMs,
            ':none': {},
            ...(run.gameDay === undefined ? {} : { ':gameDay': run.gameDay }),
            ...more.values,
          },
        },
      },
    ]);

  /** Changes the ledger of a run that is live. */
  const change = async (runId: string, keys: readonly string[], verb: 'SET' | 'REMOVE', at?: string) => {
    const names = Object.fromEntries(keys.map((key, index) => [`#k${index}`, key]));
    const parts = Object.keys(names).map((name) => `pending.${name}${verb === 'SET' ? ' = :at' : ''}`);
    await dynamo.send(
      new UpdateCommand({
        TableName,
        Key: liveRunKey(runId),
        UpdateExpression: `${verb} ${parts.join(', ')}`,
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: names,
        ...(at === undefined ? {} : { ExpressionAttributeValues: { ':at': at } }),
      }),
    );
  };

  const read = async (runId: string): Promise<LiveRun | undefined> => {
    const { Item } = await dynamo.send(
      new GetCommand({ TableName, Key: liveRunKey(runId), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : liveRunSchema.parse(Item);
  };

  return {
    begin: async (run) => ((await write(run, {})).includes(0) ? 'concluded' : 'under way'),

    willUndo: async (runId, undos, atMs) => {
      try {
        await change(runId, undos.map(undoKey), 'SET', new Date(atMs).toISOString());
      } catch (thrown) {
        if (!isNamed(thrown, 'ConditionalCheckFailedException')) throw thrown;
        throw new SteadfastError('internal', `run ${runId} is not among the runs under way`, {
          hint: 'it has been recorded as ended: nothing of it may be started any more',
          cause: thrown,
        });
      }
    },

    undone: async (runId, undos) => {
      try {
        await change(runId, undos.map(undoKey), 'REMOVE');
      } catch (thrown) {
        // Recorded as ended meanwhile: there is no ledger any more.
        if (!isNamed(thrown, 'ConditionalCheckFailedException')) throw thrown;
      }
    },

    pending: async (runId) => {
      const run = await read(runId);
      return run === undefined ? [] : pendingOf(run);
    },

    claim: async (run, untilMs) => {
      const failed = await write(run, {
        set: ', concluding = :claim',
        condition:
          'attribute_not_exists(concluding) OR concluding.claimant = :by OR concluding.untilMs < :now',
        values: { ':claim': { claimant: by, untilMs }, ':by': by, ':now': clock.now() },
      });
      if (failed.length === 0) return { yours: true };
      if (!failed.includes(0)) return { yours: false };
      const { Item } = await dynamo.send(
        new GetCommand({ TableName, Key: runKey(run.runId), ConsistentRead: true }),
      );
      const recorded = recordSchema.safeParse(Item);
      return { yours: false, ...(recorded.success ? { verdict: recorded.data.verdict } : {}) };
    },

    mayTell: async (runId, audience, nowMs) => {
      const [told, telling] =
        audience === 'people' ? ['toldPeople', 'tellingPeople'] : ['toldSystems', 'tellingSystems'];
      try {
        await dynamo.send(
          new UpdateCommand({
            TableName,
            Key: liveRunKey(runId),
            UpdateExpression: `SET ${telling} = :until`,
            ConditionExpression: `attribute_exists(pk) AND attribute_not_exists(${told}) AND attribute_not_exists(${telling}) OR attribute_not_exists(${told}) AND ${telling} <= :now`,
            ExpressionAttributeValues: { ':until': nowMs + tellingMs, ':now': nowMs },
          }),
        );
        return 'yours';
      } catch (thrown) {
        if (!isNamed(thrown, 'ConditionalCheckFailedException')) throw thrown;
        const run = await read(runId);
        return run === undefined || toldOf(run).includes(audience) ? 'told' : 'another';
      }
    },

    markTold: async (runId, audience, atMs) => {
      try {
        await dynamo.send(
          new UpdateCommand({
            TableName,
            Key: liveRunKey(runId),
            UpdateExpression: `SET ${audience === 'people' ? 'toldPeople' : 'toldSystems'} = :at`,
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':at': new Date(atMs).toISOString() },
          }),
        );
      } catch (thrown) {
        if (!isNamed(thrown, 'ConditionalCheckFailedException')) throw thrown;
      }
    },

    close: async (record) => {
      const { runId, experiment, start } = record;
      const put = (key: object, ConditionExpression?: string) => ({
        Put: {
          TableName,
          Item: { ...key, ...record },
          ...(ConditionExpression === undefined ? {} : { ConditionExpression }),
        },
      });
      // Where it has been recorded already, that stands.
      await transact({ dynamo, clock }, [
        put(runKey(runId), 'attribute_not_exists(pk)'),
        put(runOfExperimentKey(experiment, start, runId)),
        put(runOfMonthKey(start, runId)),
        { Delete: { TableName, Key: liveRunKey(runId) } },
      ]);
    },
  };
}
