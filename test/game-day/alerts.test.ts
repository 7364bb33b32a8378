import { describe, expect, it } from 'vitest';
import { alertsOf } from '../../lib/game-day/alerts.ts';
import type { NewEntry } from '../../lib/game-day/entry.ts';
import { alarm, atMs, began, ended, gameDayInput, launched, line, logOf } from '../fakes/game-day-log.ts';

const input = gameDayInput();

/** Everything after a fault that began at 100 s and ended at 200 s, with both alarms known to be well before it. */
const fault = (...more: readonly NewEntry[]) => [
  began(),
  alarm(10, 'OK'),
  alarm(10, 'OK', 'queue-depth'),
  launched(50),
  line(100, 'fault-began'),
  line(200, 'fault-ended'),
  ...more,
];

function of(entries: readonly NewEntry[], seconds = 3_600) {
  const { attempts } = alertsOf(input, logOf(...entries), atMs(seconds));
  const counting = attempts.find(({ stage, counts }) => stage === 1 && counts);
  return {
    payment: counting?.expected.find(({ name }) => name === 'payment'),
    queue: counting?.expected.find(({ name }) => name === 'queue'),
    unexpected: counting?.unexpected.map((one) => [one.alarm, one.fireSeconds]),
  };
}

describe('an alert that is expected', () => {
  it('is awaited until a fault has begun, and then for as long as it may take', () => {
    expect(of([began()]).payment).toMatchObject({ status: 'awaited', text: 'no fault has begun' });
    expect(of([began(), launched(50)]).payment?.status).toBe('awaited');
    expect(of(fault(), 159.9).payment).toMatchObject({ status: 'awaited', text: 'expected within 1 min' });
    expect(of(fault(), 160).payment).toMatchObject({
      status: 'missing',
      text: 'did not fire within 1 min',
    });
  });

  it('came as expected within its time, which counts from the beginning of the fault', () => {
    expect(of(fault(alarm(112.5, 'ALARM'), alarm(230, 'OK'))).payment).toEqual({
      name: 'payment',
      alarm: 'payment-errors',
      status: 'as expected',
      fireSeconds: 12.5,
      clearSeconds: 30,
      text: 'fired 12.5 s after the fault began; clear 30 s after it ended',
    });
    expect(of(fault(alarm(160, 'ALARM'), alarm(250, 'OK'))).payment?.status).toBe('as expected');
    expect(of(fault(alarm(160.1, 'ALARM'), alarm(170, 'OK'))).payment).toMatchObject({
      status: 'late',
      clearSeconds: 0,
    });
  });

  it('is late where it is not clear in time once the fault has ended, also where it came back', () => {
    expect(of(fault(alarm(110, 'ALARM')), 319).payment).toMatchObject({
      status: 'as expected',
      text: 'fired 10 s after the fault began; not clear yet',
    });
    expect(of(fault(alarm(110, 'ALARM')), 320).payment?.status).toBe('late');
    const cameBack = fault(alarm(110, 'ALARM'), alarm(210, 'OK'), alarm(220, 'ALARM'), alarm(400, 'OK'));
    expect(of(cameBack).payment).toMatchObject({
      status: 'late',
      clearSeconds: 200,
      text: 'fired 10 s after the fault began; clear 3 min 20 s after it ended, 2 min were expected',
    });
    expect(of(fault(alarm(110, 'ALARM'), alarm(210, 'INSUFFICIENT_DATA'))).payment?.status).toBe('late');
  });

  it('has not fired where it was in ALARM before the fault', () => {
    expect(of(fault(alarm(60, 'ALARM'))).payment).toMatchObject({
      status: 'missing',
      text: 'was in ALARM before the fault, so it could tell nothing of it',
    });
    expect(of(fault(alarm(60, 'ALARM'), alarm(105, 'ALARM'))).payment?.status).toBe('missing');
    expect(of(fault(alarm(60, 'ALARM'), alarm(105, 'OK'), alarm(120, 'ALARM'))).payment).toMatchObject({
      status: 'late',
      fireSeconds: 20,
    });
  });

  it('is unknown where nobody could read it, or the fault was ended before it was due', () => {
    const unread = [began(), launched(50), line(100, 'fault-began'), line(200, 'fault-ended')];
    expect(of(unread).payment?.status).toBe('unknown');
    expect(of(fault(alarm(90, 'INSUFFICIENT_DATA'))).payment?.status).toBe('unknown');
    expect(of([...unread, alarm(500, 'OK')]).payment?.status).toBe('unknown');
    const halted = [...unread.slice(0, 3), alarm(99, 'OK'), line(120, 'fault-ended'), line(120, 'halt')];
    expect(of(halted).payment).toMatchObject({
      status: 'unknown',
      text: 'did not fire, but the fault was ended after 20 s and it had 1 min',
    });
  });

  it('is told of by what arrives late, at the time when it happened, and by an ARN', () => {
    const late = logOf(...fault(), { ...alarm(130, 'ALARM'), writtenAt: new Date(atMs(900)).toISOString() });
    const named = gameDayInput();
    const byArn = {
      ...named,
      stages: named.stages.map((stage) => ({
        ...stage,
        alerts: {
          payment: {
            alarm: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:payment-errors',
            withinMs: 60_000,
          },
        },
      })),
    };
    expect(alertsOf(byArn, late, atMs(1_000)).attempts[0]?.expected[0]).toMatchObject({
      status: 'as expected',
      fireSeconds: 30,
    });
  });
});

describe('an alarm that nobody expected', () => {
  it('is told with the stage whose fault it followed, each time it fired', () => {
    const entries = [
      began(),
      alarm(20, 'ALARM', 'disk-full'),
      ...fault(alarm(130, 'ALARM', 'cpu'), alarm(140, 'OK', 'cpu'), alarm(150, 'ALARM', 'cpu')).slice(1),
      launched(300, 2),
      line(400, 'fault-began', 2),
      alarm(410, 'ALARM', 'queue-depth'),
    ];
    const { attempts, before } = alertsOf(input, logOf(...entries), atMs(1_000));
    expect(before.map((one) => one.alarm)).toEqual(['disk-full']);
    expect(attempts.map((one) => one.unexpected.map((each) => [each.alarm, each.fireSeconds]))).toEqual([
      [
        ['cpu', 30],
        ['cpu', 50],
      ],
      [['queue-depth', 10]],
    ]);
  });

  it('is not one that was in ALARM before', () => {
    expect(of(fault(alarm(60, 'ALARM', 'cpu'), alarm(150, 'ALARM', 'cpu'))).unexpected).toEqual([]);
  });
});

describe('of several attempts', () => {
  it('the last one in which a fault began counts, and all are kept', () => {
    const entries = [
      ...fault(alarm(110, 'ALARM'), alarm(210, 'OK'), ended(250, { verdict: 'deviated' })),
      launched(300, 1, 2),
      line(350, 'fault-began', 1, 2),
      line(450, 'fault-ended', 1, 2),
      ended(500, { attempt: 2 }),
      launched(600, 1, 3),
      ended(610, { attempt: 3, verdict: 'rejected', rejection: 'busy' }),
    ];
    const { attempts } = alertsOf(input, logOf(...entries), atMs(3_600));
    expect(
      attempts.map(({ stage, attempt, counts, expected }) => [stage, attempt, counts, expected[0]?.status]),
    ).toEqual([
      [1, 1, false, 'as expected'],
      [1, 2, true, 'missing'],
      [2, undefined, true, undefined],
    ]);
  });
});
