import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand } from '@aws-sdk/client-sns';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { containing } from '../../fakes/matching.ts';
import { alarmEvent, arnOfAlarm, createScribeWorld, edition, minuteMs, startMs } from './scribe-world.ts';

const named = (name: string) => Object.assign(new Error(name), { name });

describe('the scribe, by its real function', () => {
  it('writes down an alarm that changes once, when it changed, however often and late its event comes', async () => {
    const { clock, handler, of } = await createScribeWorld();
    await clock.sleep(5 * minuteMs);
    const event = alarmEvent('queueAge', 'ALARM', startMs + 2 * minuteMs);
    await Promise.all([handler(event), handler(event)]);
    await handler(event);
    await handler(alarmEvent('queueAge', 'OK', startMs + 3 * minuteMs));
    expect(await of('alarm')).toMatchObject([
      {
        at: '2026-12-01T18:02:00.000Z',
        alarm: arnOfAlarm('queueAge'),
        state: 'ALARM',
        reason: 'Threshold crossed.',
      },
      { at: '2026-12-01T18:03:00.000Z', state: 'OK' },
    ]);
  });

  it('keeps what happened before an edition, or after it, out of its log, and writes into each that goes on', async () => {
    const { clock, editions, handler, begin, of } = await createScribeWorld();
    const other = 'payment-outage-20261201-180500-9abc';
    await handler(alarmEvent('queueAge', 'OK', startMs - minuteMs));
    await clock.sleep(5 * minuteMs);
    await begin(other);
    await handler(alarmEvent('queueAge', 'ALARM', startMs + 6 * minuteMs));
    const [first] = await editions.all();
    if (first === undefined) throw new Error('no edition');
    await editions.save({ ...first, closedAt: '2026-12-01T18:10:00.000Z' });
    await clock.sleep(10 * minuteMs);
    // Its event came late: it was while the first edition went on.
    await handler(alarmEvent('queueAge', 'OK', startMs + 9 * minuteMs));
    await handler(alarmEvent('queueAge', 'ALARM', startMs + 14 * minuteMs));
    const states = async (id: string) =>
      (await of('alarm', id)).map((entry) => ('state' in entry ? entry.state : ''));
    expect(await states(edition)).toEqual(['ALARM', 'OK']);
    expect(await states(other)).toEqual(['ALARM', 'OK', 'ALARM']);
  });

  it('tells how each expected alarm is before any fault, and makes good for an event that was lost', async () => {
    const { states, clock, handler, minutes, of } = await createScribeWorld();
    states.set('queueAge', { state: 'OK', sinceMs: startMs - 3_600_000 });
    states.set('nobody-expects-it', { state: 'ALARM', sinceMs: startMs - 1 });
    await minutes(3);
    expect(await of('alarm')).toMatchObject([
      { alarm: arnOfAlarm('queueAge'), state: 'OK', at: '2026-12-01T17:00:00.000Z' },
    ]);
    states.set('queueAge', { state: 'ALARM', sinceMs: clock.now() + 5_000 });
    await minutes(2);
    // The event comes after all, and says the same.
    await handler(alarmEvent('queueAge', 'ALARM', startMs + 3 * minuteMs + 5_000));
    expect(await of('alarm')).toMatchObject([
      { state: 'OK' },
      { state: 'ALARM', at: '2026-12-01T18:03:05.000Z' },
    ]);
  });

  it('tells of changes minutes later, at their time, and marks until when all are known', async () => {
    const { told, minutes, of } = await createScribeWorld();
    const at = (minute: number) => startMs + minute * minuteMs;
    told.push(
      { id: 'deploy', atMs: at(2), knownMs: at(8) },
      { id: 'slow to be told', atMs: at(3), knownMs: at(15) },
      { id: 'refused', atMs: at(4), knownMs: at(9), error: 'AccessDenied' },
      { id: 'our own', atMs: at(4), knownMs: at(9), role: 'steadfast-staging-fault' },
      { id: 'a log', atMs: at(4), knownMs: at(9), name: 'CreateLogStream' },
      { id: 'before it began', atMs: startMs - 500, knownMs: at(5) },
    );
    await minutes(10);
    expect(await of('change')).toMatchObject([
      {
        key: 'deploy',
        at: '2026-12-01T18:02:00.000Z',
        event: 'UpdateService',
        who: 'arn:aws:sts::111111111111:assumed-role/Deployers/dan',
        resources: ['shop'],
      },
      { key: 'refused', event: 'UpdateService (refused: AccessDenied)' },
    ]);
    // What may not have been told yet is not called known.
    expect(await of('changes-known')).toMatchObject([{ until: '2026-12-01T18:00:00.000Z' }]);
    await minutes(15);
    expect((await of('change')).map((entry) => ('key' in entry ? entry.key : ''))).toEqual([
      'deploy',
      'refused',
      'slow to be told',
    ]);
    expect((await of('changes-known')).at(-1)).toMatchObject({ until: containing('T18:10:') });
  });

  it('looks for changes until all of an edition is known after its end, and then no more', async () => {
    const { editions, minutes, trail, of } = await createScribeWorld();
    await minutes(4);
    const [first] = await editions.all();
    if (first === undefined) throw new Error('no edition');
    await editions.save({ ...first, closedAt: '2026-12-01T18:04:00.000Z' });
    await minutes(20);
    expect((await of('changes-known')).at(-1)).toMatchObject({ until: '2026-12-01T18:04:00.000Z' });
    const looked = trail.commandCalls(LookupEventsCommand).length;
    await minutes(10);
    expect(trail.commandCalls(LookupEventsCommand)).toHaveLength(looked);
  });

  it('says once what AWS refuses, leaves the gap marked, and tells from the beginning once it may', async () => {
    const { alarms, trail, told, minutes, of } = await createScribeWorld();
    trail
      .on(LookupEventsCommand)
      .rejectsOnce(named('AccessDeniedException'))
      .rejects(named('AccessDeniedException'));
    alarms.on(DescribeAlarmsCommand).rejects(named('AccessDenied'));
    told.push({ id: 'deploy', atMs: startMs + minuteMs, knownMs: startMs });
    await minutes(20);
    const notes = (await of('note')).map((entry) => ('text' in entry ? entry.text : ''));
    expect(notes).toHaveLength(2);
    expect(notes.join(' ')).toMatch(/DescribeAlarms.*cloudtrail:LookupEvents/);
    expect(await of('changes-known')).toEqual([]);
    trail.on(LookupEventsCommand).resolves({
      Events: [{ EventId: 'deploy', EventName: 'UpdateService', EventTime: new Date(startMs + minuteMs) }],
    });
    await minutes(1);
    expect(await of('change')).toMatchObject([{ key: 'deploy' }]);
    expect(await of('changes-known')).toHaveLength(1);
    expect(await of('note')).toHaveLength(2);
  });

  it('comes back later where CloudTrail is throttled, without a failure that rings each minute', async () => {
    const { trail, minutes, of } = await createScribeWorld();
    trail.on(LookupEventsCommand).rejects(named('ThrottlingException'));
    await minutes(3);
    expect(await of('changes-known')).toEqual([]);
    trail.on(LookupEventsCommand).rejects(named('InvalidTimeRangeException'));
    await expect(minutes(1)).rejects.toThrow('InvalidTimeRangeException');
  });

  it('fails, to be called again, where an alarm could not be written down', async () => {
    const { table, handler } = await createScribeWorld();
    table.mock.on(TransactWriteCommand).rejects(named('ThrottlingException'));
    await expect(handler(alarmEvent('queueAge', 'ALARM', startMs + 1))).rejects.toMatchObject({
      name: 'Steadfast.retryable',
    });
  });

  it.each([
    [{ status: 'ABORTED' }, 'its state machine ended as ABORTED'],
    [named('ExecutionDoesNotExist'), 'its state machine was deleted'],
  ] as const)('closes an edition whose machine is gone, once, and says why', async (answer, why) => {
    const { machines, minutes, entries, editions } = await createScribeWorld();
    await minutes(1);
    expect((await entries()).map(({ kind }) => kind)).not.toContain('closed');
    if (answer instanceof Error) machines.on(DescribeExecutionCommand).rejects(answer);
    else machines.on(DescribeExecutionCommand).resolves(answer);
    await minutes(3);
    const ends = (await entries()).filter(({ kind }) => kind === 'finished' || kind === 'closed');
    expect(ends).toMatchObject([
      { kind: 'finished', why: `${why}; what it had begun is ended by the independent stop` },
      { kind: 'closed' },
    ]);
    expect(await editions.all()).toMatchObject([{ died: why, closedAt: '2026-12-01T18:02:00.000Z' }]);
  });

  it('leaves an edition open of which nobody can tell, but not for longer than any lasts', async () => {
    const { machines, clock, minutes, editions } = await createScribeWorld();
    machines.on(DescribeExecutionCommand).rejects(named('AccessDeniedException'));
    await minutes(1);
    expect((await editions.all())[0]?.closedAt).toBeUndefined();
    await clock.sleep(26 * 3_600_000);
    await minutes(1);
    expect((await editions.all())[0]?.died).toBe('its state machine must have ended long ago');
  });

  it('writes nothing before the machine has written the beginning', async () => {
    const { editions, minutes, entries, handler } = await createScribeWorld();
    const early = 'payment-outage-20261201-180100-1111';
    const [first] = await editions.all();
    if (first === undefined) throw new Error('no edition');
    await editions.save({ ...first, edition: early });
    await minutes(1);
    await handler(alarmEvent('queueAge', 'ALARM', startMs + 1));
    expect(await entries(early)).toEqual([]);
  });

  it('reminds people of a game day that is overdue, once a week, until it is held', async () => {
    const { clock, minutes, topic, begin, machines } = await createScribeWorld({
      gameDays: [
        { id: 'payment-outage', title: 'It goes down', cadence: 'monthly' },
        { id: 'never-held', title: 'Never held', cadence: 'quarterly' },
      ],
    });
    machines.on(DescribeExecutionCommand).resolves({ status: 'SUCCEEDED' });
    const days = async (count: number) => {
      for (let day = 0; day < count; day += 1) {
        await clock.sleep(86_400_000 - minuteMs);
        await minutes(1);
      }
    };
    const subjects = () => topic.commandCalls(PublishCommand).map(({ args: [{ input }] }) => input.Subject);
    await minutes(1);
    await days(30);
    expect(subjects()).toEqual([]);
    await days(2);
    expect(subjects()).toEqual(['Steadfast: the game day payment-outage in staging is overdue']);
    await days(8);
    expect(subjects()).toHaveLength(2);
    await begin('payment-outage-20270110-180000-1111');
    await days(25);
    expect(subjects()).toHaveLength(2);
    // Never held, it is due a quarter after it was first deployed.
    await days(30);
    expect(subjects()).toContain('Steadfast: the game day never-held in staging is overdue');
  });
});
