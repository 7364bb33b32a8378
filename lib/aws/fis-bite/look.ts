import type { ECSClient } from '@aws-sdk/client-ecs';
import type { Target } from '../../run/ports.ts';
import type { Sight } from './sight.ts';

/** Whom looks may ask. */
export interface LookClients {
  readonly ecs: ECSClient;
}

/** One way to look at the targets that a fault has hit, after it has ended. */
export interface LookAtTargets {
  /** Whom it asks: `ECS`. */
  readonly asks: string;
  readonly look: (hit: readonly Target[], clients: LookClients) => Promise<Sight>;
}
