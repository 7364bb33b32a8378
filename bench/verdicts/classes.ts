import { blipInside, blipOutside } from './classes/blip.ts';
import { dailyDrift } from './classes/daily-drift.ts';
import { driftWithControl } from './classes/drift-with-control.ts';
import { gaps } from './classes/gaps.ts';
import { heavyTails } from './classes/heavy-tails.ts';
import { incomplete } from './classes/incomplete.ts';
import { lateData } from './classes/late-data.ts';
import { lateOnset } from './classes/late-onset.ts';
import { moreErrors } from './classes/more-errors.ts';
import { noBite } from './classes/no-bite.ts';
import { noData } from './classes/no-data.ts';
import { noisy } from './classes/noisy.ts';
import { oneReplica } from './classes/one-replica.ts';
import { oscillation } from './classes/oscillation.ts';
import { outage } from './classes/outage.ts';
import { p99Only } from './classes/p99-only.ts';
import { proberBroken } from './classes/prober-broken.ts';
import { raisedLevel } from './classes/raised-level.ts';
import { ramp } from './classes/ramp.ts';
import { sickBefore } from './classes/sick-before.ts';
import { slowRecovery } from './classes/slow-recovery.ts';
import { staleData } from './classes/stale-data.ts';
import { step } from './classes/step.ts';
import { tooShort } from './classes/too-short.ts';
import type { VerdictClass } from './verdict-class.ts';

export const classes: readonly VerdictClass[] = [
  heavyTails,
  dailyDrift,
  driftWithControl,
  noisy,
  p99Only,
  moreErrors,
  step,
  ramp,
  lateOnset,
  blipInside,
  blipOutside,
  oneReplica,
  outage,
  staleData,
  incomplete,
  gaps,
  noData,
  lateData,
  proberBroken,
  sickBefore,
  noBite,
  slowRecovery,
  raisedLevel,
  oscillation,
  tooShort,
];
