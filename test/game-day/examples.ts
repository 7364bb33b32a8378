import { environmentSchema } from '../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { type GameDayDefinition, gameDaySchema } from '../../lib/experiment/game-day.ts';
import { labSchema } from '../../lib/experiment/lab.ts';
import type { KnownDefinitions } from '../../lib/game-day/known-definitions.ts';
import { planGameDay } from '../../lib/game-day/plan-game-day.ts';
import { environmentTarget, labTarget, shopLab, slowDatabase, staging } from '../plan/examples.ts';

const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;

/** A game day that takes place in the example lab and environment; each test changes what it is about. */
export const slowDay = {
  id: 'slow-day',
  title: 'The database is slow all morning',
  owner: 'team-shop',
  hypothesis: 'If the database answers late, products still come at once.',
  blastRadius: 'Readers of the catalogue in staging.',
  preBrief: { bridge: 'Everybody is on the bridge.' },
  stages: [
    {
      experiment: 'slow-database',
      stage: 1,
      predictions: {
        fast: { says: 'Products come as fast as ever.', shownBy: 'products.p95' },
        calm: 'Nobody outside notices.',
      },
    },
    {
      title: 'All of it',
      experiment: 'slow-database',
      stage: 3,
      alerts: { errors: { alarm: 'shopErrors', within: '2m', clearsWithin: '3m' } },
    },
  ],
  guards: ['shopErrors'],
  approvals: { stages: ['onCall'], within: '10m' },
  times: { experiment: '1h' },
  timeZone: 'Europe/Dublin',
  cadence: 'quarterly',
  lab: 'shop',
  environments: {
    staging: {
      roles: {
        operator: [role('game-day-operator')],
        observer: [role('game-day-observer')],
        onCall: [role('on-call')],
      },
    },
  },
} as const satisfies GameDayDefinition;

/** All that it names. */
export const knownDefinitions = (
  experiments: readonly ExperimentDefinition[] = [slowDatabase],
): KnownDefinitions => ({
  experiments: experiments.map((one) => ({ id: one.id, parsed: experimentSchema.parse(one) })),
  environments: [{ id: 'staging', definition: staging, parsed: environmentSchema.parse(staging) }],
  labs: [{ id: 'shop', definition: shopLab, parsed: labSchema.parse(shopLab) }],
});

/** Planned for its lab, or for staging. */
export const gameDayInput = (kind: 'lab' | 'environment', definition: GameDayDefinition = slowDay) =>
  planGameDay({
    definition,
    gameDay: gameDaySchema.parse(definition),
    target: kind === 'lab' ? labTarget() : environmentTarget(),
    experiments: knownDefinitions().experiments,
  });
