import { GetExperimentTemplateCommand } from '@aws-sdk/client-fis';
import { GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { DescribeStateMachineCommand, SFNClient, StateMachineDoesNotExist } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import type { PlanClients } from '../../../lib/aws/command/plan-clients.ts';
import { launcherDefinition } from '../../../lib/cdk/launcher-definition.ts';
import { planCommand } from '../../../lib/cli/commands/plan.ts';
import type { EnvironmentDefinition } from '../../../lib/experiment/environment.ts';
import type { ExperimentDefinition } from '../../../lib/experiment/experiment.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { createFakeAws } from '../../fakes/fake-aws-account.ts';
import { taskArn } from '../../fakes/fake-aws-input.ts';
import { createFakeOutside } from '../../fakes/fake-outside.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { environmentTarget, planOf, slowDatabase, staging } from '../../plan/examples.ts';
import { capturedIo } from '../captured-io.ts';
import { expectDocument } from '../documents/expect-document.ts';

/** The example, of an environment that says what users are promised. */
export const promised: EnvironmentDefinition = {
  ...staging,
  services: {
    ...staging.services,
    shop: { ...staging.services.shop, objective: { availability: '99.9%', requests: 'orders' } },
  },
  metrics: {
    ...staging.metrics,
    orders: { namespace: 'Shop', name: 'Orders', statistic: 'Sum', period: '1m' },
  },
};

export const fisRole = 'arn:aws:iam::111111111111:role/steadfast-staging-experi-SlowDatabaseFisRole-1ABC';
const callerRole = 'arn:aws:iam::111111111111:role/team/on-call';
export const launcherArn =
  'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-staging-slow-database';

export const tasks = ['a', 'b', 'c', 'd'].map((id) => taskArn(id, 'staging', '111111111111'));

export interface PlanWorld {
  /** What the project holds; experiment and environment where absent. */
  readonly files?: Readonly<Record<string, unknown>>;
  readonly environment?: EnvironmentDefinition;
  /** What the launcher holds; nothing is deployed where null. */
  readonly deployed?: ExperimentDefinition | null;
  readonly tags?: Readonly<Record<string, string>>;
  readonly tasks?: readonly string[];
  /** Actions that IAM does not allow. */
  readonly denied?: readonly string[];
  readonly account?: string;
  readonly outside?: Parameters<typeof createFakeOutside>[0];
}

const inStaging: ExperimentDefinition = { ...slowDatabase, environments: { staging: {} } };

/** A project, an account with its environment, and the command over both. */
export async function planWorld(world: PlanWorld = {}) {
  const { environment = staging, deployed = inStaging, denied = [], account = '111111111111' } = world;
  const root = temporaryProject(
    world.files ?? {
      'experiments/slow-database.json': inStaging,
      'experiments/environments/staging.json': environment,
    },
  );
  const clock = createVirtualClock();
  const aws = createFakeAws({
    clock,
    tasks: world.tasks ?? tasks,
    tags: world.tags ?? { Env: 'staging', Service: 'shop' },
    listed: ['slow-database'],
    fis: { templates: {} },
  });
  aws.fis.mock
    .on(GetExperimentTemplateCommand, { id: 'EXT0' })
    .resolves({ experimentTemplate: { id: 'EXT0', roleArn: fisRole } });
  const sfn = new SFNClient({ region: 'eu-west-1' });
  const launchers = mockClient(sfn);
  launchers.on(DescribeStateMachineCommand).callsFake(() => {
    if (deployed === null) throw new StateMachineDoesNotExist({ message: 'none', $metadata: {} });
    const { input } = planOf(deployed, environmentTarget(environment));
    const definition = launcherDefinition({
      title: deployed.title,
      // The example plans for a lab's seed; what is deployed has another.
      input: { ...input, seed: 1 },
      runnerArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-runner-staging',
      region: 'eu-west-1',
      bucket: 'steadfast-staging-111111111111',
    });
    return { definition: JSON.stringify(definition) };
  });
  const iam = new IAMClient({ region: 'eu-west-1' });
  const simulations = mockClient(iam);
  simulations.on(GetRoleCommand).callsFake(() => ({ Role: { Arn: callerRole } }));
  simulations
    .on(SimulatePrincipalPolicyCommand)
    .callsFake(
      ({ ActionNames = [], ResourceArns = [] }: { ActionNames?: string[]; ResourceArns?: string[] }) => ({
        EvaluationResults: ActionNames.map((action) => ({
          EvalActionName: action,
          EvalResourceName: ResourceArns[0],
          EvalDecision: denied.includes(action) ? 'implicitDeny' : 'allowed',
        })),
      }),
    );
  const { cloudWatch, dynamo, ecs, fis, lambdaReads: lambda, s3, ssm, tagging, alarmReader } = aws.clients;
  const planClients: PlanClients = { alarmReader, cloudWatch, ecs, iam, lambda };
  const fake = createFakeOutside({
    account,
    clock,
    clients: { dynamo, fis, s3, sfn, ssm, tagging },
    ...world.outside,
  });
  const run = async (flags: Partial<Parameters<typeof planCommand>[2]> = {}, argument = 'slow-database') => {
    const { io, out, err } = capturedIo(root);
    const made = async () => planClients;
    const code = await planCommand(io, argument, { env: 'staging', ...flags }, fake.outside, made);
    if (flags.json === true) expectDocument('plan', out());
    return { code, out: out(), err: err() };
  };
  return { run, root, aws, launchers, simulations, planClients, fake, clock };
}
