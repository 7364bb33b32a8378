import type { ExperimentDefinition } from '../experiment/experiment.ts';

type Stages = ExperimentDefinition['stages'];

/** One target, then half of them, then all: each is judged before the next. */
export const oneHalfAll: Stages = [
  { share: 'one', duration: '5m' },
  { share: '50%', duration: '5m' },
  { share: '100%', duration: '5m' },
];

/** One target, then half of them: what is left must carry the load. */
export const oneThenHalf: Stages = [
  { share: 'one', duration: '5m' },
  { share: '50%', duration: '5m' },
];

/** All at once, for what cannot fail by halves: a zone, a failover. */
export const allAtOnce: Stages = [{ share: '100%', duration: '10m' }];

/** A tenth of the calls, then half of them, where an action takes a share of the traffic. */
export const tenthThenHalf: Stages = [
  { share: { of: 'traffic', share: '10%' }, duration: '5m' },
  { share: { of: 'traffic', share: '50%' }, duration: '5m' },
];
