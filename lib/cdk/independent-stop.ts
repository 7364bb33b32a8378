import { Duration } from 'aws-cdk-lib';
import { Match, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { stopSizes } from './function-sizes.ts';
import type { HandlerBundles, StopName } from './handler-bundles.ts';
import { createOwnFunction } from './own-function.ts';
import { stopPermissions } from './stop-permissions.ts';
import { createTarget } from './woken-by-events.ts';

export type StopFunctions = Readonly<Record<StopName, LambdaFunction>>;

/** An event is worth nothing once the sweeps of the next minutes have done the same. */
const eventAge = Duration.minutes(5);

/**
 * What ends faults and runs from outside the runner: a function that every end of an execution, every start in FIS and every minute
 * wakes; the function of the kill switch; and the one that ends runs before what they need is deleted.
 */
export function createIndependentStop(
  scope: Construct,
  environment: DeployedEnvironment,
  parts: { readonly bundles: HandlerBundles; readonly failures: Queue },
): StopFunctions {
  const { names, parsed } = environment;
  const { bundles, failures } = parts;
  const create = (name: StopName, title: string) =>
    createOwnFunction(scope, {
      name,
      title,
      environment,
      bundle: bundles[name],
      grants: stopPermissions[name](environment),
      size: stopSizes[name],
      variables: { STEADFAST_RUNNER_EXECUTIONS: names.runnerExecutionsArn.replace(/:\*$/, '') },
      reservedConcurrency: name === 'end-runs' ? undefined : parsed.reservedConcurrency,
    });
  const functions = {
    stop: create('stop', 'Stop'),
    halt: create('halt', 'Halt'),
    'end-runs': create('end-runs', 'Endruns'),
  };
  wake(scope, environment, functions.stop, failures);
  return functions;
}

/** Events may be lost, late or come twice: each only has the same sweep done sooner. */
function wake(scope: Construct, { names }: DeployedEnvironment, stop: LambdaFunction, failures: Queue): void {
  const target = createTarget(scope, { title: 'Stop', woken: stop, failures, eventAge, names });
  new Rule(scope, 'ExecutionsOver', {
    description:
      'Steadfast: an execution of the runner or of a launcher is over, and nobody concluded the run',
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: {
        status: ['ABORTED', 'FAILED', 'TIMED_OUT'],
        stateMachineArn: Match.anyOf(
          Match.exactString(names.runnerArn),
          Match.prefix(names.launchersArn.replace(/\*$/, '')),
        ),
      },
    },
    targets: [target()],
  });
  new Rule(scope, 'ExperimentsStarted', {
    description:
      'Steadfast: FIS has started an experiment, which must have a live lease where it is of this environment',
    eventPattern: {
      source: ['aws.fis'],
      detailType: ['FIS Experiment State Change'],
      detail: { 'new-state': { status: ['pending', 'initiating', 'running'] } },
    },
    targets: [target()],
  });
  new Rule(scope, 'EachMinute', {
    description: 'Steadfast: the sweep that needs no event',
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [target()],
  });
}
