import type { ActionHandler } from '../action-handler.ts';
import { goAway } from '../go-away.ts';

/** Service is restored in under 60 seconds, often under 30 (Aurora user guide, "Fault tolerance for an Aurora DB cluster"). */
const awayMs = 30_000;

/** `aws:rds:failover-db-cluster`: breaks a database's connections, and makes none for as long as a failover takes. */
export const failoverDbCluster: ActionHandler = {
  id: 'aws:rds:failover-db-cluster',
  carryOut: (context) => goAway(context, { forMs: awayMs, movesWriter: true }),
};
