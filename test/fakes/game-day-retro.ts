import type { Entry, NewEntry } from '../../lib/game-day/entry.ts';
import type { GameDayInput } from '../../lib/game-day/input.ts';
import { draftRetro } from '../../lib/game-day/retro/draft-retro.ts';
import type { OpenAction } from '../../lib/game-day/retro/open-actions.ts';
import type { Retro } from '../../lib/game-day/retro/retro.ts';
import {
  alarm,
  at,
  began,
  carol,
  ended,
  gameDayInput,
  launched,
  line,
  logOf,
  olga,
  omar,
  sam,
  steadfast,
} from './game-day-log.ts';

export const edition = 'payment-down-20260501-090000-abcd';

/** A first attempt in which the queue did not grow, a second one in which it did; one alert late, one missing, one that nobody expected. */
export const eventful: readonly (NewEntry & { readonly writtenAt?: string })[] = [
  began(),
  launched(10),
  line(20, 'fault-began'),
  alarm(15, 'OK'),
  alarm(15, 'OK', 'queue-depth'),
  alarm(110, 'ALARM'),
  alarm(120, 'ALARM', 'disk-full'),
  line(140, 'fault-ended'),
  ended(200, {
    verdict: 'deviated',
    summary: 'Orders were lost.',
    tolerances: { 'orders.errorRate': 'missed', 'queue.count': 'missed', 'stock.p95': 'missed' },
    faultBeganAt: at(20),
    faultEndedAt: at(140),
    detectSeconds: 30,
    recoverSeconds: 45,
  }),
  alarm(210, 'OK'),
  { kind: 'note', at: at(205), by: sam, text: 'On-call was paged.\n## Actions <b>at</b> once' },
  {
    kind: 'observed',
    at: at(215),
    by: omar,
    stage: 1,
    prediction: 'banner',
    outcome: 'otherwise',
    note: 'no banner',
  },
  {
    kind: 'change',
    at: at(5),
    writtenAt: at(400),
    by: steadfast,
    key: 'e-1',
    event: 'UpdateService',
    source: 'ecs.amazonaws.com',
    who: 'deployer',
    resources: ['orders'],
  },
  { kind: 'changes-known', at: at(500), by: steadfast, until: at(450) },
  { kind: 'denied', at: at(510), by: carol, wanted: 'finish', why: 'only the operator finishes it' },
  { kind: 'finished', at: at(600), by: olga, why: 'the operator finished it' },
  { kind: 'closed', at: at(700), by: olga },
];

/** A draft of what happened. */
export const retroOf = (
  changes: {
    readonly entries?: readonly Entry[];
    readonly input?: Partial<GameDayInput>;
    readonly stillOpen?: readonly OpenAction[];
  } = {},
): Retro =>
  draftRetro({
    edition,
    input: gameDayInput({ cadence: 'quarterly', ...changes.input }),
    entries: changes.entries ?? logOf(...eventful),
    journals: new Map(),
    stillOpen: changes.stillOpen ?? [],
  });
