import * as z from 'zod';
import type { HandlerName, StopName } from '../../../lib/cdk/handler-bundles.ts';
import type { EnvironmentDefinition } from '../../../lib/experiment/environment.ts';
import type { ExperimentDefinition } from '../../../lib/experiment/experiment.ts';
import { type CloudFormation, synthesize, templateNamed } from '../../cdk/synthesis.ts';
import { definitionsIn, type StateMachineDefinition } from '../../cdk/synthesized.ts';
import { slowDatabase, staging } from '../../plan/examples.ts';

/** An environment that declares everything that a function may be given a permission for. */
export const environment = {
  ...staging,
  metrics: { errorRate: { ...staging.metrics.errorRate, period: '10s' } },
  guards: {
    ...staging.guards,
    paymentsErrors: {
      alarm: 'arn:aws:cloudwatch:us-east-1:222222222222:alarm:payments-errors',
      readBy: 'arn:aws:iam::222222222222:role/reads-alarms',
    },
  },
  freezes: [{ parameter: '/org/freeze' }, { changeCalendar: 'releases' }],
  incidentAlarms: [
    'shop-incident',
    {
      alarm: 'arn:aws:cloudwatch:us-east-1:222222222222:alarm:payments-incident',
      readBy: 'arn:aws:iam::222222222222:role/reads-incidents',
    },
  ],
  dispatches: ['sandbox'],
  campaignPartners: ['arn:aws:events:eu-west-1:222222222222:event-bus/steadfast-payments-campaigns'],
  functions: { flush: 'shop-flush' },
  stateMachines: { shoppers: 'shop-shoppers' },
  documents: {
    restart: { document: 'shop-restart', role: 'shop-restarter' },
    reboot: { document: 'AWS-RestartEC2Instance' },
  },
  secrets: { token: { secretsManager: 'shop/token' }, key: { ssm: '/shop/key' } },
  vantagePoints: {
    zoneA: { vpc: 'vpc-0a1b2c3d', subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] },
  },
} as const satisfies EnvironmentDefinition;

/** Short, so that a run is over soon. */
const brief: Pick<ExperimentDefinition, 'recovery' | 'stages'> = {
  stages: [{ share: 'one', duration: '1m' }],
  recovery: { objective: '30s' },
};

const headers = { authorization: { secret: 'token' }, 'x-key': { secret: 'key' } } as const;

/** Probes of every kind that sends no request of its own, but for metrics. */
const looks: ExperimentDefinition['steadyState'] = {
  quiet: { alarm: 'shopErrors' },
  elsewhere: { alarm: 'paymentsErrors' },
  running: { ecsService: { service: 'shop', shareOf: 'running' }, tolerances: { value: { above: 0.9 } } },
  healthy: { ecsService: { service: 'shop', shareOf: 'healthy' }, tolerances: { value: { above: 0.9 } } },
  looked: { lambda: { function: 'flush' }, tolerances: { value: { below: 2 } } },
};

/** Experiments that use all of it, and faults whose bite is asked of FIS, of a metric and of ECS. */
const experiments: readonly ExperimentDefinition[] = [
  {
    ...slowDatabase,
    ...brief,
    // All its rollbacks take a minute, and the recovery after them is observed as well.
    recovery: { objective: '3m' },
    faults: { slow: { ...slowDatabase.faults.slow, bite: { metric: 'errorRate', rises: '20%' } } },
    // The same that rolls back: an environment does not say which of its functions is for what.
    traffic: { lambda: { function: 'flush' } },
    environments: { staging: { schedule: 'cron(0 2 ? * WED *)', timeZone: 'UTC', approval: true } },
    steadyState: {
      products: {
        http: { service: 'shop', path: '/products', headers },
        tolerances: { p95: { below: '250ms' } },
      },
      errors: { metric: 'errorRate', delay: '0s', tolerances: { value: { below: 20 } } },
      ...looks,
    },
    rollbacks: {
      flush: { lambda: { function: 'flush' }, provenBy: 'products' },
      restart: { ssmAutomation: { document: 'restart' }, provenBy: 'errors' },
      reboot: { ssmAutomation: { document: 'reboot' }, provenBy: 'products' },
      reset: {
        http: { service: 'shop', path: '/reset', headers, from: 'inside' },
        provenBy: 'products',
      },
      ...Object.fromEntries(
        Object.keys(looks).map((probe) => [
          `proven-by-${probe}`,
          { lambda: { function: 'flush' }, provenBy: probe },
        ]),
      ),
    },
  },
  {
    ...slowDatabase,
    ...brief,
    id: 'stop-tasks',
    faults: { stop: { action: 'aws:ecs:stop-task', selector: { service: 'shop' } } },
    environments: { staging: {} },
  },
];

interface Machines {
  readonly launcher: StateMachineDefinition;
  readonly runner: StateMachineDefinition;
}

/** An environment as it is deployed, with what its functions are told there. */
export interface DeployedProof {
  readonly stacks: ReadonlyMap<string, CloudFormation>;
  /** Of the experiment that uses all that is declared, and of one that uses nothing of it. */
  readonly machines: Readonly<Record<'plainest' | 'richest', Machines>> & {
    readonly killSwitch: StateMachineDefinition;
    readonly dispatcher: StateMachineDefinition;
  };
  readonly variables: (name: HandlerName | StopName) => Readonly<Record<string, string>>;
}

const functionSchema = z.looseObject({
  FunctionName: z.string(),
  Environment: z.looseObject({ Variables: z.record(z.string(), z.string()) }),
});

export function deployForProof(): DeployedProof {
  const stacks = synthesize({ experiments, environments: [environment] });
  const runnerStack = templateNamed(stacks, 'steadfast-staging-runner');
  const own = definitionsIn(runnerStack);
  const runner = own.find(({ StartAt }) => StartAt === 'Admit');
  const killSwitch = own.find(({ StartAt }) => StartAt === 'Halt');
  const dispatcher = own.find(({ StartAt }) => StartAt === 'Dispatch');
  const [richest, plainest] = definitionsIn(templateNamed(stacks, 'steadfast-staging-experiments-team-shop'));
  if (
    runner === undefined ||
    killSwitch === undefined ||
    dispatcher === undefined ||
    richest === undefined ||
    plainest === undefined
  )
    throw new Error('a state machine is missing');
  const functions = [...stacks.values()]
    .flatMap(({ Resources }) => Object.values(Resources))
    .flatMap(({ Type: type, Properties }) =>
      type === 'AWS::Lambda::Function' ? [functionSchema.parse(Properties)] : [],
    );
  return {
    stacks,
    machines: {
      richest: { launcher: richest, runner },
      plainest: { launcher: plainest, runner },
      killSwitch,
      dispatcher,
    },
    variables: (name) => {
      const found = functions.find(({ FunctionName }) => FunctionName.endsWith(`-${name}`));
      if (found === undefined) throw new Error(`there is no function ${name}`);
      return found.Environment.Variables;
    },
  };
}
