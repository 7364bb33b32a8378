import type { GameDayDefinition } from '../../../lib/experiment/game-day.ts';
import { staging } from '../../plan/examples.ts';

export const operators = `arn:aws:iam::${staging.account}:role/shop-operators`;
export const onCall = `arn:aws:iam::${staging.account}:role/shop-on-call`;
export const auditor = `arn:aws:iam::${staging.account}:user/auditor`;
/** Roles that IAM Identity Center makes have names that nobody knows beforehand. */
const observers = `arn:aws:iam::${staging.account}:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Observers_*`;

/** A game day that people hold in `staging`, of the example experiment. */
export const slowDay = {
  id: 'slow-day',
  title: 'The database is slow',
  owner: 'team-shop',
  hypothesis: 'Products still come at once, and nobody is paged.',
  blastRadius: 'Shoppers in staging see products that are five seconds old.',
  stages: [
    {
      experiment: 'slow-database',
      predictions: { fast: 'Products come at once.' },
      alerts: {
        errors: { alarm: 'shopErrors', within: '2m' },
        latency: { alarm: 'shop-latency', within: '5m' },
      },
    },
  ],
  timeZone: 'Europe/Dublin',
  cadence: 'quarterly',
  environments: {
    staging: { roles: { operator: [operators], onCall: [onCall, auditor], observer: [observers] } },
  },
} as const satisfies GameDayDefinition;
