import { Duration } from 'aws-cdk-lib';
import { Match, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DeployedEnvironment } from './deployed-environment.ts';
import type { HandlerBundles } from './handler-bundles.ts';
import { createStopFunction } from './stop-function.ts';
import { createTarget } from './woken-by-events.ts';

export interface StopFunctions {
  readonly stop: LambdaFunction;
  readonly halt: LambdaFunction;
}

/** An event is worth nothing once the sweeps of the next minutes have done the same. */
const eventAge = Duration.minutes(5);

/**
 * What ends faults and runs from outside the runner: a function that every end of an execution, every start in FIS and every minute
 * wakes, and the function of the kill switch. The one that ends runs before what they need is deleted is in the core.
 */
export function createIndependentStop(
  scope: Construct,
  environment: DeployedEnvironment,
  parts: { readonly bundles: HandlerBundles; readonly failures: Queue },
): StopFunctions {
  const { bundles, failures } = parts;
  const functions = {
    stop: createStopFunction(scope, 'stop', environment, bundles),
    halt: createStopFunction(scope, 'halt', environment, bundles),
  };
  wake(scope, environment, functions.stop, failures);
  return functions;
}

/** Events may be lost, late or come twice: each only has the same sweep done sooner. */
function wake(scope: Construct, { names }: DeployedEnvironment, stop: LambdaFunction, failures: Queue): void {
  const target = createTarget(scope, {
    title: 'Stop',
    woken: stop,
    failures,
    failuresArn: names.stopFailuresArn,
    eventAge,
  });
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
