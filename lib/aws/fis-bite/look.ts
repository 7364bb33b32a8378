import type { ECSClient } from '@aws-sdk/client-ecs';
import type { Stretch, Target } from '../../run/ports.ts';
import type { LazyEc2 } from '../lazy-ec2.ts';
import type { Sight } from './sight.ts';

/** Whom looks may ask. */
export interface LookClients {
  readonly ec2: LazyEc2;
  readonly ecs: ECSClient;
}

/** One way to look at the targets that a fault has hit, after it has ended. */
export interface LookAtTargets {
  /** Whom it asks: `ECS`. */
  readonly asks: string;
  /** `fault` is when it was on; undefined where FIS does not tell. */
  readonly look: (hit: readonly Target[], clients: LookClients, fault: Stretch | undefined) => Promise<Sight>;
}
