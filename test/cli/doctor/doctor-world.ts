import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
} from '@aws-sdk/client-cloudwatch';
import {
  FisClient,
  GetExperimentTemplateCommand,
  ListExperimentsCommand,
  ListExperimentTemplatesCommand,
} from '@aws-sdk/client-fis';
import { GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import {
  GetParameterCommand,
  GetParametersByPathCommand,
  type GetParametersByPathCommandInput,
  ParameterNotFound,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import * as z from 'zod';
import { launcherDefinition } from '../../../lib/cdk/launcher-definition.ts';
import { doctorCommand } from '../../../lib/cli/commands/doctor.ts';
import { type DoctorDocument, doctorDocumentSchema } from '../../../lib/cli/doctor/document.ts';
import type { EnvironmentDefinition } from '../../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../../lib/experiment/experiment.ts';
import { experimentList } from '../../../lib/plan/experiment-list.ts';
import { planExperiment } from '../../../lib/plan/plan-experiment.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { createFakeOutside } from '../../fakes/fake-outside.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { environmentTarget, planOf, slowDatabase, staging } from '../../plan/examples.ts';
import { capturedIo } from '../captured-io.ts';

export const deployed: ExperimentDefinition = { ...slowDatabase, environments: { staging: {} } };
const callerRole = 'arn:aws:iam::111111111111:role/team/on-call';
const region = { region: 'eu-west-1' };

/** The mark of a plan as it is deployed: with the seed that the constructs plan by. */
const markOf = (definition: ExperimentDefinition, environment: EnvironmentDefinition): string =>
  planExperiment({
    definition,
    experiment: experimentSchema.parse(definition),
    target: environmentTarget(environment),
    seed: 1,
    templateId: (stage) => `EXT${stage}`,
  }).input.plan ?? '';

export interface SeenByTest {
  readonly environment?: EnvironmentDefinition;
  readonly files?: Readonly<Record<string, unknown>>;
  /** The parameters of the environment, by path and name. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Launchers that are there, by experiment. */
  readonly launchers?: readonly string[];
  /** The state and more of alarms, by name; undefined where there is none of the name. */
  readonly alarm?: (name: string) => Readonly<Record<string, unknown>> | undefined;
  readonly ownAlarms?: readonly Readonly<Record<string, unknown>>[];
  readonly active?: number;
  readonly templates?: readonly Readonly<Record<string, unknown>>[];
  readonly lever?: Readonly<Record<string, string>>;
  /** Actions that IAM does not allow, and those of which the simulation says that more must be known. */
  readonly denied?: readonly string[];
  readonly open?: readonly string[];
  /** What is refused by the client itself, by the command's name. */
  readonly refuses?: readonly string[];
  /** How far AWS's clock is behind this machine's. */
  readonly aheadMs?: number;
  readonly outside?: Parameters<typeof createFakeOutside>[0];
  /** What runs once the doctor looks. */
  readonly meanwhile?: (doctor: { signal(): void; advance(ms: number): Promise<void> }) => Promise<void>;
}

const accessDenied = (action: string) =>
  Object.assign(new Error(`User: ${callerRole} is not authorized to perform: ${action}`), {
    name: 'AccessDeniedException',
    $metadata: {},
  });

/** A project, an account with its environment, and the doctor over both. */
export function doctorWorld(seen: SeenByTest = {}) {
  const { environment = staging, launchers = ['slow-database'], denied = [], open = [], refuses = [] } = seen;
  const root = temporaryProject(
    seen.files ?? {
      'experiments/slow-database.json': deployed,
      'experiments/environments/staging.json': environment,
    },
  );
  const clock = createVirtualClock({ auto: false });
  const refusing = <Answer>(command: string, action: string, answer: () => Answer): Answer => {
    if (refuses.includes(command)) throw accessDenied(action);
    return answer();
  };

  const ssm = new SSMClient(region);
  const parameters: Readonly<Record<string, Readonly<Record<string, string>>>> = seen.parameters ?? {
    '/steadfast/staging/versions': { core: '1.2.3', runner: '1.2.3' },
    '/steadfast/staging/experiments': {
      'steadfast-staging-core-7': experimentList(new Map([['slow-database', markOf(deployed, environment)]])),
    },
  };
  const store = mockClient(ssm);
  store.on(GetParametersByPathCommand).callsFake(({ Path = '' }: GetParametersByPathCommandInput) =>
    refusing('GetParametersByPath', 'ssm:GetParametersByPath', () => ({
      Parameters: Object.entries(parameters[Path] ?? {}).map(([name, Value]) => ({
        Name: `${Path}/${name}`,
        Value,
      })),
    })),
  );
  store.on(GetParameterCommand).callsFake(({ Name = '' }: { Name?: string }) => {
    const text = parameters['/steadfast/staging']?.[Name.slice(Name.lastIndexOf('/') + 1)];
    if (text === undefined) throw new ParameterNotFound({ message: Name, $metadata: {} });
    return { Parameter: { Value: text } };
  });

  const cloudWatch = new CloudWatchClient(region);
  const alarmOf = seen.alarm ?? (() => ({ StateValue: 'OK', TreatMissingData: 'missing' }));
  const own = seen.ownAlarms ?? [{ AlarmName: 'steadfast-runner-staging-failed', StateValue: 'OK' }];
  mockClient(cloudWatch)
    .on(DescribeAlarmsCommand)
    .callsFake(({ AlarmNames, AlarmNamePrefix }: DescribeAlarmsCommandInput) =>
      refusing('DescribeAlarms', 'cloudwatch:DescribeAlarms', () =>
        AlarmNamePrefix === undefined
          ? {
              MetricAlarms: (AlarmNames ?? []).flatMap((AlarmName) => {
                const alarm = alarmOf(AlarmName);
                return alarm === undefined ? [] : [{ AlarmName, ...alarm }];
              }),
            }
          : { MetricAlarms: own },
      ),
    );

  const fis = new FisClient(region);
  mockClient(fis)
    .on(ListExperimentsCommand)
    .callsFake(() =>
      refusing('ListExperiments', 'fis:ListExperiments', () => ({
        experiments: Array.from({ length: seen.active ?? 0 }, (_, index) => ({
          id: `EXP${index}`,
          state: { status: 'running' },
          ...(index === 0 ? { tags: { 'steadfast:run': 'run-1' } } : {}),
        })),
      })),
    )
    .on(ListExperimentTemplatesCommand)
    .callsFake(() => ({ experimentTemplates: seen.templates ?? [] }))
    .on(GetExperimentTemplateCommand)
    .callsFake(() => ({ safetyLever: { state: seen.lever ?? { status: 'disengaged' } } }));

  const tagging = new ResourceGroupsTaggingAPIClient(region);
  mockClient(tagging)
    .on(GetResourcesCommand)
    .callsFake(() => ({
      ResourceTagMappingList: launchers.map((experiment) => ({
        ResourceARN: `arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-staging-${experiment}`,
        Tags: [{ Key: 'steadfast:experiment', Value: experiment }],
      })),
    }));

  const sfn = new SFNClient(region);
  mockClient(sfn)
    .on(DescribeStateMachineCommand)
    .callsFake(({ stateMachineArn = '' }: { stateMachineArn?: string }) => {
      const { input } = planOf(deployed, environmentTarget(environment));
      if (refuses.includes('DescribeStateMachine')) throw accessDenied('states:DescribeStateMachine');
      if (stateMachineArn.endsWith('-older')) return { definition: '{}' };
      const definition = launcherDefinition({
        title: deployed.title,
        input: { ...input, seed: 1, stack: 'steadfast-staging-experiments-team-gone' },
        runnerArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-runner-staging',
        region: 'eu-west-1',
        bucket: 'steadfast-staging-111111111111',
      });
      return { definition: JSON.stringify(definition) };
    });

  const iam = new IAMClient(region);
  const decisionOf = (action: string) =>
    denied.includes(action) || open.includes(action) ? 'implicitDeny' : 'allowed';
  mockClient(iam)
    .on(GetRoleCommand)
    .callsFake(() => refusing('GetRole', 'iam:GetRole', () => ({ Role: { Arn: callerRole } })))
    .on(SimulatePrincipalPolicyCommand)
    .callsFake(({ ActionNames = [] }: { ActionNames?: string[] }) =>
      refusing('SimulatePrincipalPolicy', 'iam:SimulatePrincipalPolicy', () => ({
        EvaluationResults: ActionNames.map((action) => ({
          EvalActionName: action,
          EvalDecision: decisionOf(action),
          MissingContextValues: open.includes(action) ? ['aws:SourceVpce'] : [],
        })),
      })),
    );

  const fake = createFakeOutside({ clock, clients: { fis, sfn, ssm, tagging }, ...seen.outside });
  const nowMs = clock.now();
  /** Looks at the environment, and gives what it saw. */
  const look = async (
    flags: Parameters<typeof doctorCommand>[1] = { env: 'staging', json: true },
    isTerminal = false,
  ) => {
    const { io, out, err } = capturedIo(root, { isTerminal });
    const running = doctorCommand(io, flags, '1.2.3', fake.outside, {
      clients: async () => ({ cloudWatch, iam }),
      fetch: async () =>
        new Response(null, { headers: { date: new Date(nowMs - (seen.aheadMs ?? 0)).toUTCString() } }),
    });
    running.catch(() => undefined);
    await seen.meanwhile?.({ signal: fake.signal, advance: (ms) => clock.advance(ms) });
    const code = await running;
    return { code, out: out(), err: err() };
  };
  const document = async (): Promise<DoctorDocument> =>
    doctorDocumentSchema.parse(JSON.parse((await look()).out));
  return {
    ...fake,
    root,
    look,
    document,
    /** What the doctor says of one thing. */
    check: async (name: string) => {
      const found = (await document()).checks.find((one) => one.name === name);
      return z.object({ status: z.string(), seen: z.string(), mend: z.string().optional() }).parse(found);
    },
  };
}
