import { defineGameDay } from 'steadfast-chaos';

const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
/** Roles of single sign-on end in characters that nobody knows beforehand. */
const signedOn = (set: string) => role(`aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_${set}_*`);

/** Whoever orders must not notice, at any stage. */
const unnoticed = { says: 'Nobody who orders notices.', shownBy: 'orders.errorRate' } as const;

export default defineGameDay({
  id: 'payment-down',
  title: 'The payment service goes down',
  description:
    'First a tenth of the payments fail, then half, then all. Orders go on being taken; they queue, and are paid once the payment is back. ' +
    'It teaches who notices first and by what, whether the runbook of the payment is found and right, and whether people look at the orders ' +
    'or only at the queue.',
  owner: 'team-shop',
  hypothesis:
    'If the payment service is away, orders go on being taken and queue, and each of them is paid within five minutes of its return.',
  blastRadius:
    'The payments of staging, and the orders of whoever tries something there meanwhile. Nothing of production.',
  preBrief: {
    runbook: 'The runbook of the payment service is open, and whoever is on call has read it.',
    others: 'Whoever else uses staging knows, and tests no orders until the end.',
    queue: 'Everybody knows where the age of the queue and the oldest unpaid order are seen.',
  },
  stages: [
    {
      title: 'A tenth of the payments fail',
      experiment: 'failing-payments',
      stage: 1,
      predictions: {
        unnoticed,
        retried: {
          says: 'What failed is tried again, and no order waits longer than seven minutes.',
          shownBy: 'unpaid.value',
        },
        quiet: 'Nobody is paged: a tenth is no incident.',
      },
    },
    {
      title: 'Half of the payments fail',
      experiment: 'failing-payments',
      stage: 2,
      predictions: {
        unnoticed,
        slower: { says: 'Orders are paid later, and all of them in time.', shownBy: 'unpaid.value' },
        paged: 'On-call is paged, and says within five minutes what is wrong.',
      },
      alerts: {
        failures: { alarm: 'paymentErrors', within: '2m', clearsWithin: '5m' },
      },
    },
    {
      title: 'No payment works',
      experiment: 'failing-payments',
      stage: 3,
      predictions: {
        unnoticed,
        queues: 'The queue grows by all that is ordered, for as long as the payment is away.',
        drains: { says: 'Once it is back, every order is paid in time.', shownBy: 'unpaid.value' },
        help: 'The page that says "we will take the money later" is switched on by its runbook.',
      },
      alerts: {
        failures: { alarm: 'paymentErrors', within: '2m', clearsWithin: '5m' },
        queue: { alarm: 'oldOrders', within: '3m', clearsWithin: '5m' },
      },
    },
  ],
  guards: ['shopErrors'],
  approvals: { go: ['onCall'], stages: ['observer', 'onCall'], within: '15m' },
  times: { preBrief: '30m', experiment: '2h', retrospective: '1h' },
  timeZone: 'Europe/Dublin',
  cadence: 'quarterly',
  lab: 'queueing-shop',
  environments: {
    staging: {
      roles: {
        operator: [signedOn('GameDayOperator')],
        observer: [signedOn('GameDayObserver')],
        onCall: [signedOn('ShopOnCall')],
        scribe: [signedOn('GameDayScribe')],
      },
    },
  },
});
