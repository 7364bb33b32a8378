import type { MakePorts } from '../../lambdas/wiring.ts';
import { createAdmitPorts } from '../../lib/aws/ports/admit-ports.ts';
import { createConcludePorts } from '../../lib/aws/ports/conclude-ports.ts';
import { createFaultPorts } from '../../lib/aws/ports/fault-ports.ts';
import { createObservePorts } from '../../lib/aws/ports/observe-ports.ts';
import { createRecoverPorts } from '../../lib/aws/ports/recover-ports.ts';
import { createRollbackPorts } from '../../lib/aws/ports/rollback-ports.ts';
import type { HandlerName } from '../../lib/cdk/handler-bundles.ts';

/** What makes the ports of each function. */
export const functionPorts: Readonly<Record<HandlerName, MakePorts>> = {
  admit: createAdmitPorts,
  observe: createObservePorts,
  recover: createRecoverPorts,
  fault: createFaultPorts,
  rollback: createRollbackPorts,
  conclude: createConcludePorts,
};
