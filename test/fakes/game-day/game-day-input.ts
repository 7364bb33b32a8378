import { type GameDayInput, gameDayInputSchema } from '../../../lib/game-day/input.ts';

const minuteMs = 60_000;

const stage = (number: number): GameDayInput['stages'][number] => ({
  number,
  title: `Payments are slow (${number})`,
  experiment: 'slow-payments',
  only: number,
  longestMs: 10 * minuteMs,
  launcher: 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-staging-slow-payments',
  predictions: {
    waits: { says: 'Orders wait.' },
    errors: { says: 'Nobody sees an error.', shownBy: 'orders.errorRate', is: 'met' },
  },
  alerts: { queue: { alarm: 'queueAge', withinMs: minuteMs } },
});

/** A game day of three stages in staging, or as it is changed. */
export const gameDayInput = (change: Partial<GameDayInput> = {}): GameDayInput =>
  gameDayInputSchema.parse({
    schemaVersion: 1,
    mode: 'aws',
    id: 'payment-outage',
    title: 'The payment service goes down',
    owner: 'team-shop',
    hypothesis: 'Orders queue, and are processed on recovery.',
    blastRadius: 'Orders of staging.',
    definition: {},
    hash: 'hash-of-the-game-day',
    environment: { id: 'staging', production: false, account: '111111111111', region: 'eu-west-1' },
    timeZone: 'Europe/Dublin',
    times: {
      preBriefMs: 30 * minuteMs,
      experimentMs: 120 * minuteMs,
      retrospectiveMs: 60 * minuteMs,
      approvalMs: 30 * minuteMs,
    },
    preBrief: { roles: 'Everybody knows their role.', halt: 'Everybody knows how to halt.' },
    approvers: { go: ['observer', 'onCall'], stages: ['observer', 'onCall'], extend: ['onCall'] },
    principals: {
      operator: ['arn:aws:iam::111111111111:role/Operators'],
      observer: ['arn:aws:iam::111111111111:role/Observers'],
      onCall: ['arn:aws:iam::111111111111:role/OnCall'],
    },
    stages: [1, 2, 3].map(stage),
    ...change,
  });
