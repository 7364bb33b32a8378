import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDispatchHandler } from '../../lambdas/dispatch-handler.ts';
import { haltKey } from '../../lib/aws/table-keys.ts';
import { at, dispatched, partOf, planned, stepped } from './dispatched.ts';
import { minuteMs } from './jobs.ts';

const lasts = (minutes: number) => () => ({ lastsMs: minutes * minuteMs });

/** Two that touch the shop, one that uses it, and one that has nothing to do with them. */
const four = [
  planned('first', [0, 10], { touches: ['shop'] }),
  planned('alone', [0, 10]),
  planned('second', [10, 20], { touches: ['shop'] }),
  planned('user', [20, 30], { touches: ['cart'], uses: ['shop'] }),
];

const experimentsOf = (ran: readonly { readonly experiment: string }[]) =>
  ran.map(({ experiment }) => experiment);

describe('a dispatcher', () => {
  it('starts each launcher when its time has come, and is done when all have ended', async () => {
    const { ran, last, status, progress, executions } = await dispatched(partOf(four));
    expect(ran.map(({ experiment, from }) => [experiment, from])).toEqual([
      ['first', 0],
      ['alone', 0],
      ['second', 10],
      ['user', 20],
    ]);
    expect(last).toMatchObject({ next: 'done', cursor: 4, counts: { held: 4 } });
    expect(status).toMatchObject({ status: 'done', execution: 1 });
    expect(progress.map(({ status: is, verdict }) => `${is} ${verdict}`)).toEqual(
      four.map(() => 'ended held'),
    );
    expect(executions.map((one) => [one.status, one.path.at(-1)])).toEqual([['succeeded', 'Done']]);
  });

  it('keeps the order and not the clock: what conflicts waits for what is late, and nothing starts before its time', async () => {
    const { ran } = await stepped(partOf(four), { runs: { first: lasts(37), second: lasts(2) } });
    expect(ran.map(({ experiment, from }) => [experiment, from])).toEqual([
      ['first', 0],
      ['alone', 0],
      ['second', 37],
      ['user', 39],
    ]);
  });

  it('never has more at once than the account and each environment have places for, whatever is late', async () => {
    const jobs = Array.from({ length: 12 }, (_, index) =>
      planned(`x${index}`, [0, 10], { environment: index % 2 === 0 ? 'staging' : 'sandbox' }),
    );
    const { ran } = await stepped(partOf(jobs), { runs: { x0: lasts(90), x1: lasts(45) } });
    expect(ran).toHaveLength(12);
    for (const { from } of ran) {
      const beside = ran.filter((other) => other.from <= from && other.to > from);
      expect(beside.length).toBeLessThanOrEqual(5);
      expect(beside.filter(({ environment }) => environment === 'sandbox').length).toBeLessThanOrEqual(2);
    }
    expect(ran.filter(({ from }) => from === 0)).toHaveLength(5);
  });

  it('runs into no blackout when it is late, and starts nothing that the plan knows no blackouts for', async () => {
    const blackouts = [{ from: at(30), until: at(60) }];
    const part = partOf(four, { environments: [{ id: 'staging', runs: 5, blackouts }], until: at(75) });
    const { ran, progress } = await stepped(part, { runs: { first: lasts(25) } });
    expect(ran.map(({ experiment, from }) => [experiment, from])).toEqual([
      ['first', 0],
      ['alone', 0],
      ['second', 60],
    ]);
    expect(progress[3]).toMatchObject({
      verdict: 'rejected',
      rejection: 'outdated',
      reason: expect.stringContaining('knows no blackouts from then on') as string,
    });
  });

  it('tries a run again that was rejected as busy, for some hours, and no other rejection', async () => {
    const busy = { lastsMs: minuteMs, verdict: 'rejected', rejection: 'busy' } as const;
    const { ran, progress } = await stepped(partOf(four, { stopAfter: {} }), {
      runs: {
        first: (start) => (start <= 2 ? busy : { lastsMs: 10 * minuteMs }),
        alone: () => ({ ...busy, rejection: 'unhealthy' }),
        user: () => busy,
      },
    });
    expect(ran.filter(({ experiment }) => experiment === 'first').map(({ from }) => from)).toEqual([0, 3, 8]);
    expect(progress.map(({ attempt, verdict, rejection }) => [attempt, verdict, rejection])).toEqual([
      [3, 'held', undefined],
      [1, 'rejected', 'unhealthy'],
      [1, 'held', undefined],
      [10, 'rejected', 'busy'],
    ]);
    const [second] = ran.filter(({ experiment }) => experiment === 'second');
    expect(second?.from).toBe(18);
    expect(new Set(ran.map(({ name }) => name)).size).toBe(ran.length);
  });

  it('starts nothing that was deployed anew, or taken away, since it was planned', async () => {
    const { ran, progress } = await stepped(partOf(four), {
      deployed: { first: { hash: 'another' }, alone: undefined, second: { touches: ['shop', 'mail'] } },
    });
    expect(experimentsOf(ran)).toEqual(['user']);
    expect(progress.slice(0, 3).map(({ rejection, reason }) => [rejection, reason])).toEqual([
      ['outdated', 'first has been deployed anew since this was planned'],
      ['outdated', 'alone is not deployed in staging'],
      ['outdated', 'second touches mail as it is deployed, which the plan does not know'],
    ]);
  });

  it('starts nothing more once its policy says so, and lets what is under way end', async () => {
    const { ran, last, status, messages } = await stepped(partOf(four), {
      runs: { first: () => ({ lastsMs: 5 * minuteMs, verdict: 'unrecovered' }), alone: lasts(30) },
    });
    expect(messages).toHaveLength(1);
    expect(experimentsOf(ran)).toEqual(['first', 'alone']);
    expect(last).toMatchObject({ next: 'stopped', reason: '1 run ended as unrecovered' });
    expect(status).toMatchObject({ status: 'stopped', reason: '1 run ended as unrecovered', at: at(30) });
  });

  it('goes on after as many as its policy bears', async () => {
    const deviated = () => ({ lastsMs: minuteMs, verdict: 'deviated' }) as const;
    const part = partOf(four, { stopAfter: { deviated: 3 } });
    const { ran, last } = await stepped(part, {
      runs: { first: deviated, alone: deviated, second: deviated },
    });
    expect(experimentsOf(ran)).toEqual(['first', 'alone', 'second']);
    expect(last).toMatchObject({ next: 'stopped', reason: '3 runs ended as deviated' });
  });

  it('tells people which policy stopped it, which runs did, what was not started, and what to do', async () => {
    const { messages } = await stepped(partOf(four), {
      runs: { first: () => ({ lastsMs: 5 * minuteMs, verdict: 'unrecovered' }), alone: lasts(30) },
    });
    const [message] = messages;
    expect(message).toMatchObject({
      TopicArn: 'arn:aws:sns:eu-west-1:111111111111:steadfast-staging',
      Subject: 'Steadfast: campaign 20261201-abcdef12 is stopped, 1 run ended as unrecovered',
      MessageAttributes: { campaign: { StringValue: 'stopped' } },
    });
    const { default: text, https } = z
      .object({ default: z.string(), https: z.string() })
      .parse(JSON.parse(message?.Message ?? ''));
    expect(
      text,
    ).toBe(`1 run ended as unrecovered, and the campaign 20261201-abcdef12 stops after 1. Nothing more is started in 111111111111 eu-west-1; what is under way ends by itself.

Ended as unrecovered:
  first in staging (run campaign-20261201-abcdef12-00000-1)

Under way:
  alone in staging (run campaign-20261201-abcdef12-00001-1)

Not started, 2 of 4:
  second in staging
  user in staging

What to do now:
  Look at what ended so: npx steadfast show campaign-20261201-abcdef12-00000-1 --env staging
  See the campaign: npx steadfast campaign status 20261201-abcdef12 --env staging
  End what is under way, too, if it may do harm: npx steadfast halt --all --env staging
  Once it is mended, plan what was not started: npx steadfast campaign plan --env staging --experiments second user`);
    expect(JSON.parse(https)).toMatchObject({
      metadata: { threadId: '20261201-abcdef12', eventType: 'Steadfast campaign' },
    });
  });

  it('tells nobody where its policy keeps nothing from starting', async () => {
    const { last, messages } = await stepped(partOf(four), {
      runs: { user: () => ({ lastsMs: minuteMs, verdict: 'unrecovered' }) },
    });
    expect(last).toMatchObject({ next: 'done' });
    expect(messages).toEqual([]);
  });

  it('is halted by its id', async () => {
    const { ran, last, messages } = await stepped(partOf(four), {
      each: ({ nowMs, put }) => {
        if (nowMs >= Date.parse(at(5))) put({ ...haltKey('20261201-abcdef12'), reason: 'the fair begins' });
      },
    });
    expect(experimentsOf(ran)).toEqual(['first', 'alone']);
    expect(last).toMatchObject({ next: 'stopped', reason: 'the fair begins' });
    // Who halts it knows.
    expect(messages).toEqual([]);
  });

  it('refuses what is no state of a campaign, and wrong settings', async () => {
    const wrong = createDispatchHandler({ variables: {} });
    await expect(wrong({ state: { campaign: 'it', execution: 1 } })).rejects.toMatchObject({
      name: 'Steadfast.invalid',
      message: expect.stringContaining('deploy the runner again') as string,
    });
  });
});
