import { defineExperiment } from 'steadfast-chaos';
import failingPayments from './failing-payments.ts';

const { environments: _onlyRehearsed, ...rehearsed } = failingPayments;

export default defineExperiment({
  ...rehearsed,
  id: 'forgotten-orders',
  title: 'A queue that is empty again is no proof that orders were paid',
  description:
    'The same fault against workers that take an order out of the queue as they receive it. One whose payment fails is then in no queue and ' +
    'in no list of dead letters: it is a line in a log. Latency, errors and the age of the queue are well all the time, also after the fault. ' +
    'Only a look at the orders themselves, for the oldest that was taken and not paid, sees that some never will be: so the run is ' +
    'unrecovered. To mend it, take an order out once it is paid, and make paying twice harmless; and keep the probe.',
  stages: [{ share: { of: 'traffic', share: '50%' }, duration: '2m' }],
  recovery: { ...rehearsed.recovery, objective: '2m' },
  lab: 'forgetful-shop',
});
