import { PassThrough } from 'node:stream';
import {
  answerStandardInput,
  defineNotifier,
  defineProbe,
  type Notification,
  type ProbeAnswer,
} from 'steadfast-chaos/ports';
import { describe, expect, it } from 'vitest';
import { lookByFunction } from '../../lib/run/looks/lambda.ts';
import type { VerdictEvent } from '../../lib/run/verdict-event-schema.ts';
import { createFakeSources } from '../fakes/fake-sources.ts';

// What a function in JavaScript may answer.
const aged = { age: 7, value: 1 };
const list = Object.assign([], { value: 1 });

describe('a probe of a team', () => {
  it('is given its payload, and answers what a run reads as a look', async () => {
    const handler = defineProbe((payload) => ({ value: Object.keys(Object(payload)).length, latencyMs: 5 }));
    expect(await handler(undefined)).toEqual({ value: 0, latencyMs: 5 });
    const outcome = await lookByFunction(
      createFakeSources({
        functions: { oldest: async (payload) => JSON.stringify(await handler(JSON.parse(payload))) },
      }),
      { lambda: { function: 'oldest', payload: { table: 'orders' } }, tolerances: {} },
      1_000,
    );
    expect(outcome).toEqual({ value: 1, latencyMs: 5 });
  });

  it.each<[ProbeAnswer, string]>([
    [{}, 'it says nothing'],
    [{ status: 42 }, 'its status is none'],
    [{ latencyMs: -1 }, 'its latencyMs is none'],
    [{ value: Number.NaN }, 'its value is none'],
    [aged, "nobody reads 'age'"],
    [list, 'it is no object'],
  ])('that answers %j fails, and says what it should answer', async (answer, why) => {
    await expect(defineProbe(() => answer)({})).rejects.toThrow(
      `the probe's answer has another form: ${why}; answer an object with any of latencyMs, status, value and error`,
    );
  });

  it('that throws fails with what it threw', async () => {
    const handler = defineProbe(() => {
      throw new Error('no table');
    });
    await expect(handler({})).rejects.toThrow('no table');
  });

  it('is called by a lab with the payload on its standard input', async () => {
    const ask = async (input: string) => {
      const stdin = new PassThrough();
      const stdout = new PassThrough();
      stdin.end(input);
      await answerStandardInput(
        defineProbe((payload) => ({ value: Number(Reflect.get(Object(payload), 'n') ?? 1) })),
        {
          stdin,
          stdout,
        },
      );
      return String(stdout.read());
    };
    expect(await ask('{"n": 3}')).toBe('{"value":3}\n');
    expect(await ask('')).toBe('{"value":1}\n');
    await expect(ask('{"n"')).rejects.toThrow('is no JSON');
  });
});

const detail: VerdictEvent = {
  schemaVersion: 1,
  runId: 'slow-database-20261123T175354Z-017c',
  experiment: 'slow-database',
  environment: 'staging',
  verdict: 'deviated',
  summary: 'deviated: too slow',
  findings: ['tolerance-missed'],
  services: ['shop'],
  faults: ['aws:ecs:task-network-latency'],
  start: '2026-11-23T17:53:54.000Z',
  end: '2026-11-23T18:03:54.000Z',
  journal: 'runs/slow-database-20261123T175354Z-017c/journal.json',
};

const event = {
  version: '0',
  id: 'e-1',
  account: '111111111111',
  region: 'eu-west-1',
  source: 'steadfast',
  'detail-type': 'Verdict',
  detail,
};

describe('a notifier of a team', () => {
  const told: Notification[] = [];
  const handler = defineNotifier((notification) => void told.push(notification));

  it('is told of a verdict, and where it is from', async () => {
    await handler(event);
    expect(told).toEqual([{ verdict: detail, eventId: 'e-1', account: '111111111111', region: 'eu-west-1' }]);
  });

  it.each([
    [{ ...event, source: 'aws.fis' }, "source 'steadfast' and detail-type 'Verdict'"],
    ['text', 'no verdict of Steadfast'],
    [
      { ...event, detail: { ...detail, schemaVersion: 2 } },
      'is of version 2, and this is written for version 1',
    ],
    [{ ...event, detail: { ...detail, verdict: 'great' } }, 'has another form: verdict'],
  ])('fails for %j', async (wrong, why) => {
    await expect(handler(wrong)).rejects.toThrow(why);
    expect(told).toHaveLength(1);
  });

  it('fails where telling fails, so that EventBridge tries again', async () => {
    const failing = defineNotifier(async () => {
      throw new Error('the chat is away');
    });
    await expect(failing(event)).rejects.toThrow('the chat is away');
  });
});
