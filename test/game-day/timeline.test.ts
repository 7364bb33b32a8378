import { expect, it } from 'vitest';
import type { NewEntry } from '../../lib/game-day/entry.ts';
import { changesKnownUntil, timelineOf, timelineText } from '../../lib/game-day/timeline.ts';
import { at, began, gameDayInput, launched, logOf, omar, steadfast } from '../fakes/game-day-log.ts';

const change: NewEntry & { readonly writtenAt: string } = {
  kind: 'change',
  at: at(5),
  writtenAt: at(305),
  by: steadfast,
  key: 'e-1',
  event: 'UpdateService',
  source: 'ecs.amazonaws.com',
  who: 'deployer',
  resources: ['orders'],
};

it('puts what was learnt of late where it belongs, and marks it', () => {
  const lines = timelineOf(gameDayInput(), logOf(began(), launched(10), change));
  expect(lines.map(({ number, isLate }) => [number, isLate])).toEqual([
    [2, false],
    [3, true],
    [1, false],
  ]);
});

it('says of every line who, and what shows that it was them', () => {
  const note = { kind: 'note', at: at(3), by: omar, text: 'a "line"\nof two' } as const;
  expect(timelineText(gameDayInput(), logOf(began(), change, note)).split('\n')).toEqual([
    `${at(0)} "olga (operator) began the game day \\"The payment service goes down\\" in staging." by "operator: arn:aws:sts::111122223333:assumed-role/operator/olga (proven by IAM)"`,
    `${at(3)} "omar (observer) noted \\"a \\"line\\"\\nof two\\"." by "observer: arn:aws:sts::111122223333:assumed-role/observer/omar (proven by IAM)"`,
    `${at(5)} "Steadfast learnt of a change by deployer: UpdateService (ecs.amazonaws.com) of orders." by "Steadfast" (written down 5 min later)`,
    '',
  ]);
});

it('tells until when changes are known apart from what happened', () => {
  const known = (until: number) =>
    ({ kind: 'changes-known', at: at(until), by: steadfast, until: at(until) }) as const;
  const entries = logOf(began(), known(600), known(300));
  expect(changesKnownUntil(entries)).toBe(at(600));
  expect(timelineOf(gameDayInput(), entries)).toHaveLength(1);
  expect(changesKnownUntil(logOf(began()))).toBeUndefined();
});
