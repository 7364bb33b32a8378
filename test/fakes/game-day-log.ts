import type { Actor } from '../../lib/game-day/actor.ts';
import { type Entry, entrySchema, type NewEntry } from '../../lib/game-day/entry.ts';
import type { GameDayInput } from '../../lib/game-day/input.ts';

const epochMs = Date.parse('2026-05-01T09:00:00.000Z');

/** A time so many seconds after the game day began. */
export const at = (seconds: number): string => new Date(epochMs + seconds * 1_000).toISOString();

export const atMs = (seconds: number): number => epochMs + seconds * 1_000;

const person = (role: 'operator' | 'observer' | 'onCall' | 'scribe', name: string): Actor => ({
  proof: 'iam',
  role,
  principal: `arn:aws:sts::111122223333:assumed-role/${role}/${name}`,
});

export const olga = person('operator', 'olga');
export const omar = person('observer', 'omar');
export const carol = person('onCall', 'carol');
export const sam = person('scribe', 'sam');
export const steadfast: Actor = { proof: 'steadfast' };

/** A game day of two stages, with predictions and alerts in the first. */
export function gameDayInput(changes: Partial<GameDayInput> = {}): GameDayInput {
  return {
    schemaVersion: 1,
    mode: 'aws',
    id: 'payment-down',
    title: 'The payment service goes down',
    owner: 'team-shop',
    hypothesis: 'If payment is away, orders queue and are processed on recovery.',
    blastRadius: 'Payments of staging.',
    definition: { id: 'payment-down' },
    hash: 'f'.repeat(64),
    environment: { id: 'staging', production: false, account: '111122223333', region: 'eu-west-1' },
    timeZone: 'Europe/Dublin',
    times: {
      preBriefMs: 1_800_000,
      experimentMs: 7_200_000,
      retrospectiveMs: 3_600_000,
      approvalMs: 1_800_000,
    },
    preBrief: { roles: 'Everyone knows their role.', killSwitch: 'Everyone has found the kill switch.' },
    approvers: { go: ['observer', 'onCall'], stages: ['observer', 'onCall'], extend: ['observer'] },
    principals: {
      operator: ['arn:aws:iam::111122223333:role/operator'],
      observer: ['arn:aws:iam::111122223333:role/observer'],
      onCall: ['arn:aws:iam::111122223333:role/onCall'],
      scribe: ['arn:aws:iam::111122223333:role/scribe'],
    },
    stages: [
      {
        number: 1,
        title: 'Payment answers nothing',
        experiment: 'payment-away',
        only: 1,
        longestMs: 300_000,
        launcher: 'arn:aws:states:eu-west-1:111122223333:stateMachine:steadfast-staging-payment-away',
        predictions: {
          orders: { says: 'Orders are still taken.', shownBy: 'orders.errorRate', is: 'met' },
          queue: { says: 'The queue grows.', shownBy: 'queue.count', is: 'missed' },
          banner: { says: 'The shop shows a banner.' },
        },
        alerts: {
          payment: { alarm: 'payment-errors', withinMs: 60_000, clearsWithinMs: 120_000 },
          queue: { alarm: 'queue-depth', withinMs: 90_000 },
        },
      },
      {
        number: 2,
        title: 'Payment is slow',
        experiment: 'payment-slow',
        longestMs: 300_000,
        launcher: 'arn:aws:states:eu-west-1:111122223333:stateMachine:steadfast-staging-payment-slow',
        predictions: {},
        alerts: {},
      },
    ],
    ...changes,
  };
}

/** A log of what is given: numbered, and written down when it happened unless `writtenAt` says later. */
export const logOf = (
  ...entries: readonly (NewEntry & { readonly writtenAt?: string })[]
): readonly Entry[] =>
  entries.map((entry, index) => entrySchema.parse({ writtenAt: entry.at, ...entry, number: index + 1 }));

export const began = (seconds = 0): NewEntry => ({
  kind: 'began',
  at: at(seconds),
  by: olga,
  gameDay: 'payment-down',
  hash: 'f'.repeat(64),
  endsAt: at(seconds + 7_200),
});

export const launched = (seconds: number, stage = 1, attempt = 1): NewEntry => ({
  kind: 'launched',
  at: at(seconds),
  by: steadfast,
  proposal: `p-${stage}-${attempt}`,
  stage,
  attempt,
  runId: runOf(stage, attempt),
});

const runOf = (stage = 1, attempt = 1): string => `payment-down-20260501-090000-abcd-${stage}-${attempt}`;

export const line = (
  seconds: number,
  what: 'phase' | 'fault-began' | 'fault-ended' | 'halt' | 'note',
  stage = 1,
  attempt = 1,
): NewEntry => ({
  kind: 'run',
  at: at(seconds),
  by: steadfast,
  key: `${runOf(stage, attempt)}-${what}-${seconds}`,
  runId: runOf(stage, attempt),
  what,
  text: `${what} of the run.`,
});

type Ended = Extract<NewEntry, { kind: 'ended' }>;

export const ended = (
  seconds: number,
  of: Partial<Omit<Ended, 'kind' | 'at' | 'by'>> & { attempt?: number } = {},
): NewEntry => {
  const { attempt = 1, stage = 1, ...rest } = of;
  return {
    kind: 'ended',
    at: at(seconds),
    by: steadfast,
    runId: runOf(stage, attempt),
    stage,
    verdict: 'held',
    summary: 'Every tolerance was met.',
    tolerances: {},
    ...rest,
  };
};

export const alarm = (
  seconds: number,
  state: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA',
  name = 'payment-errors',
): NewEntry => ({
  kind: 'alarm',
  at: at(seconds),
  by: steadfast,
  key: `${name}-${seconds}-${state}`,
  alarm: name,
  state,
  reason: 'Threshold crossed',
});
