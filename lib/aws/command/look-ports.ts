import type { RunnerInput } from '../../plan/runner-input.ts';
import type { LookContext } from '../../run/admission/check.ts';
import type { Clock } from '../../run/ports.ts';
import { createCloudWatchGuards } from '../cloudwatch-guards.ts';
import { createDynamoHalts } from '../dynamo-halts.ts';
import { createDynamoLeases } from '../dynamo-leases.ts';
import { createDynamoPauses } from '../dynamo-pauses.ts';
import { createFisCapacity } from '../fis-capacity.ts';
import { createFreezes } from '../freezes.ts';
import { createInventory } from '../inventory.ts';
import { createAwsPrerequisites } from '../prerequisites/aws-prerequisites.ts';
import { createSafetyLever } from '../safety-lever.ts';
import { createSsmListings } from '../ssm-listings.ts';
import type { CommandClients } from './connection.ts';
import type { PlanClients } from './plan-clients.ts';

/** The ports by which admission looks, over the same adapters that the runner has, with the credentials of whoever asks. */
export function createLookPorts(options: {
  readonly input: RunnerInput;
  readonly clients: CommandClients & PlanClients;
  readonly clock: Clock;
  readonly table: string;
}): LookContext['ports'] {
  const { input, clients, clock, table } = options;
  const { alarmReader, cloudWatch, dynamo, ecs, fis, lambda, ssm, tagging } = clients;
  const { environment, freezes = [], incidentAlarms = [] } = input;
  return {
    clock,
    capacity: createFisCapacity({ fis }),
    freezes: createFreezes({ ssm, freezes }),
    guards: createCloudWatchGuards({ cloudWatch, alarmReader, guards: input.guards }),
    halts: createDynamoHalts({ dynamo, table, clock }),
    incidents: createCloudWatchGuards({
      cloudWatch,
      alarmReader,
      guards: Object.fromEntries(incidentAlarms.map((one) => [one.alarm, one])),
    }),
    inventory: createInventory({ tagging, ecs, selects: input.selects }),
    leases: createDynamoLeases({ dynamo, table, clock, places: input.limits.runs }),
    listings: createSsmListings({ ssm, environment: environment.id }),
    pauses: createDynamoPauses({ dynamo, table }),
    prerequisites: createAwsPrerequisites({ ecs, lambda, ssm, tag: environment.tag }),
    safetyLever: createSafetyLever({ fis }),
  };
}
