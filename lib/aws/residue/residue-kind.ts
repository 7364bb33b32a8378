import type { ECSClient } from '@aws-sdk/client-ecs';
import type { LeftBehind, Target } from '../../run/ports.ts';
import type { LazyEc2 } from '../lazy-ec2.ts';

/** Whom looks for residue may ask. */
export interface ResidueClients {
  readonly ec2: LazyEc2;
  readonly ecs: ECSClient;
}

/** The kinds of things that faults may leave behind in AWS. */
export type ResidueKind = 'ecsServices' | 'networkAcls';

/** How things of a kind are before any fault; undefined where the targets have none. */
export type Remember = (clients: ResidueClients, targets: readonly Target[]) => Promise<unknown>;

/** What of a kind is not as it was; `before` is what was remembered. */
export type LookForResidue = (
  clients: ResidueClients,
  run: { readonly before: unknown; readonly hit: readonly Target[] },
) => Promise<readonly LeftBehind[]>;
