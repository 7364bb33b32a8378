import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { experimentOf, type RunnerInput } from '../plan/runner-input.ts';
import type { Clock, Traffic } from '../run/ports.ts';
import { createLambdaTraffic } from './lambda-traffic.ts';
import { createStateMachineTraffic } from './state-machine-traffic.ts';

/** Traffic by whatever of AWS the experiment names. */
export function createAwsTraffic(options: {
  readonly lambda: LambdaClient;
  readonly sfn: SFNClient;
  readonly clock: Clock;
  readonly input: RunnerInput;
}): Traffic {
  const { lambda, sfn, clock, input } = options;
  const byFunction = createLambdaTraffic({ lambda, clock, input });
  const byStateMachine = createStateMachineTraffic({ sfn, clock, input });
  return {
    ask: async (request) => {
      const traffic = experimentOf(input).traffic;
      await (traffic !== undefined && 'stateMachine' in traffic
        ? byStateMachine.ask(request)
        : byFunction.ask(request));
    },
  };
}
