import type { ActionHandler } from '../action-handler.ts';
import { goAway } from '../go-away.ts';

/** A failover to the standby takes typically 60 to 120 seconds (RDS user guide, "Failing over a Multi-AZ DB instance"). */
const failoverMs = 60_000;

/** RDS's guide speaks of a momentary outage, as long as the recovery takes, and names no time: half of a failover. */
const rebootMs = 30_000;

/** `aws:rds:reboot-db-instances`: breaks a database's connections, and makes none for as long as it boots, or fails over. */
export const rebootDbInstances: ActionHandler = {
  id: 'aws:rds:reboot-db-instances',
  carryOut: (context) => {
    const movesWriter = context.parameters['forceFailover'] === 'true';
    return goAway(context, { forMs: movesWriter ? failoverMs : rebootMs, movesWriter });
  },
};
