import { expect, it } from 'vitest';
import { faultSpansOf } from '../../lib/game-day/fault-spans.ts';
import { at, began, ended, launched, line, logOf } from '../fakes/game-day-log.ts';

it('tells when faults were under way, each with its own end', () => {
  const entries = logOf(
    began(),
    launched(10),
    line(20, 'fault-began'),
    line(30, 'fault-ended'),
    line(40, 'fault-began'),
    line(50, 'fault-ended'),
    ended(60),
    launched(70, 2),
    line(80, 'fault-began', 2),
  );
  expect(faultSpansOf(entries)).toEqual([
    { beganAt: at(20), endedAt: at(30) },
    { beganAt: at(40), endedAt: at(50) },
    { beganAt: at(80) },
  ]);
});

it('takes the end of a run for the latest that its fault can have ended', () => {
  expect(faultSpansOf(logOf(began(), launched(10), line(20, 'fault-began'), ended(60)))).toEqual([
    { beganAt: at(20), endedAt: at(60) },
  ]);
});

it('knows of a fault also by the end of its run alone, and of none where none began', () => {
  const whole = ended(60, { faultBeganAt: at(25), faultEndedAt: at(35) });
  expect(faultSpansOf(logOf(began(), launched(10), whole))).toEqual([{ beganAt: at(25), endedAt: at(35) }]);
  expect(faultSpansOf(logOf(began(), launched(10), ended(60, { verdict: 'rejected' })))).toEqual([]);
});
