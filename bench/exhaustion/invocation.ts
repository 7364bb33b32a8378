import * as z from 'zod';
import { createHandler } from '../../lambdas/handler.ts';
import { createWiring } from '../../lambdas/wiring.ts';
import { handlerNames } from '../../lib/cdk/handler-bundles.ts';
import type { Clock } from '../../lib/run/ports.ts';
import { quietLog, stepsOf } from '../../test/end-to-end/aws-run.ts';
import { functionPorts } from '../../test/end-to-end/function-ports.ts';
import { type Account, variables } from './account.ts';
import { type AwsCall, createProcess, type Fortune } from './calls.ts';

const invokeSchema = z.object({ FunctionName: z.string(), Payload: z.looseObject({ step: z.string() }) });

/** Probes that see what the account's path has them see. */
export const proberOf = (account: Account, clock: Clock) => ({
  ask: async () => {
    const outcome = account.sees();
    await clock.sleep(outcome.latencyMs ?? 0);
    return outcome;
  },
});

/** Calls the function that a Task names, in a process of its own. */
export async function invoke(
  task: unknown,
  world: { readonly account: Account; readonly clock: Clock },
  fortune: (call: AwsCall) => Fortune,
): Promise<unknown> {
  const { FunctionName, Payload } = invokeSchema.parse(task);
  const name = handlerNames.find((one) => FunctionName.endsWith(`-${one}`));
  if (name === undefined) throw new Error(`there is no function ${FunctionName}`);
  const { account } = world;
  const { clock, clients, death } = createProcess({ clock: world.clock, clients: account.clients, fortune });
  const handler = createHandler({
    steps: stepsOf(name),
    build: () =>
      createWiring(functionPorts[name], {
        variables,
        clients,
        clock,
        prober: proberOf(account, clock),
        log: quietLog,
        countVerdict: () => undefined,
      }),
  });
  return { Payload: await Promise.race([handler(Payload), death]) };
}
