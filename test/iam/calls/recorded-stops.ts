import type { AwsClients } from '../../../lib/aws/clients.ts';
import { createFisExperiments } from '../../../lib/aws/independent/fis-experiments.ts';
import { type StopName, stopNames } from '../../../lib/cdk/handler-bundles.ts';
import type { Undo } from '../../../lib/run/live-run.ts';
import { runnerInputIn } from '../../end-to-end/aws-run.ts';
import { taskArn } from '../../fakes/fake-aws-input.ts';
import { createStopWorld } from '../../lambdas/stop-world.ts';
import { type DeployedProof, environment } from './deployed.ts';

const fault: Undo = { what: 'fault', name: '0' };

/** What CloudFormation sends before it deletes the runner of an environment. */
const deletion = {
  RequestType: 'Delete',
  ResponseURL: 'https://cloudformation.example.com/',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'EndRunsGate',
  ResourceProperties: { Scope: 'environment' },
};

/** Has the functions that end runs from outside the runner take all their ways, so that every call of theirs is told. */
export async function recordStops(
  { machines, variables }: DeployedProof,
  through: (by: StopName, clients: AwsClients) => AwsClients,
): Promise<void> {
  const input = runnerInputIn(machines.richest.launcher);
  const [cluster = ''] = input.owns.clusters ?? [];
  const tasks = [taskArn('a', cluster, input.environment.account)];
  const world = createStopWorld({ variablesOf: variables, through, overHttp: true, tasks });
  const rollbacks = Object.keys(input.experiment.rollbacks ?? {}).map(
    (name): Undo => ({ what: 'rollback', name }),
  );
  await world.beginWith('run-1', input, [fault, ...rollbacks, { what: 'traffic', name: 'flush' }]);
  world.executions.set('run-1', { status: 'FAILED' });
  await world.minutes(16);

  // Another kind of traffic; its launcher was stopped, and the runner lives on.
  const { shoppers } = environment.stateMachines;
  const byMachine = {
    ...input,
    experiment: { ...input.experiment, traffic: { stateMachine: { name: 'shoppers' } } },
    stateMachines: { shoppers },
  };
  await world.beginWith('run-2', byMachine, [fault, { what: 'traffic', name: 'shoppers' }]);
  const launcher = 'arn:aws:states:eu-west-1:111111111111:execution:steadfast-staging-slow-database:run-2';
  const started = JSON.stringify({ AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: launcher });
  world.executions.set('run-2', { status: 'RUNNING', input: started });
  world.executions.set(launcher, { status: 'ABORTED' });
  await world.startByHand('EXT1');
  await world.minutes(16);

  // A game day has died, and the launcher that it waited for lives on.
  const gameDay = 'arn:aws:states:eu-west-1:111111111111:execution:steadfast-gameday-staging-slow-day:one';
  const launched = launcher.replace('run-2', 'run-5');
  const startedBy = (by: string, more: object = {}) => ({
    status: 'RUNNING',
    input: JSON.stringify({ AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: by, ...more }),
  });
  await world.beginWith('run-5', input, [fault]);
  world.executions.set('run-5', startedBy(launched));
  world.executions.set(launched, startedBy(gameDay, { gameDay: {} }));
  world.executions.set(gameDay, { status: 'ABORTED' });
  await world.minutes(4);

  await world.beginWith('run-3', input, [fault]);
  await world.startByHand('EXT1');
  await world.halt({ reason: 'an outage', safetyLever: true });
  await world.halt({ unlock: true });
  await world.beginWith('run-4', input, [fault]);
  await world.startByHand('EXT1');
  await world.takeAway(deletion);

  // FIS refuses to stop what has ended meanwhile, and is asked whether it has.
  for (const by of stopNames) {
    const { fis } = through(by, world.clients);
    await createFisExperiments({ fis, environment: environment.id }).stop('EXP1');
  }
}
