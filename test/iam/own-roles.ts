import * as z from 'zod';
import { handlerNames, stopNames } from '../../lib/cdk/handler-bundles.ts';
import type { CloudFormation } from '../cdk/synthesis.ts';
import type { StateMachineDefinition } from '../cdk/synthesized.ts';
import { requestOf } from './ask-request.ts';
import type { Ask, Tagged } from './calls/asking.ts';
import { asksOf } from './calls/asks.ts';
import { type DeployedProof, environment } from './calls/deployed.ts';
import type { SentCall } from './calls/recorded-calls.ts';
import { needsOfFunction, needsOfMachines, needsOfSync } from './documented-needs.ts';
import type { Caller, IamRequest } from './request.ts';
import { rolesIn, type SynthesizedRole } from './synthesized-roles.ts';

/** One of Steadfast's own roles, with what is asked by it. */
export interface OwnRole extends Pick<SynthesizedRole, 'statements'> {
  readonly name: string;
  readonly caller: Caller;
  /** What the code of Steadfast asks. */
  readonly asked: readonly IamRequest[];
  /** What services of AWS ask for themselves. */
  readonly documented: readonly IamRequest[];
}

/** Every role that an environment is deployed with but those of FIS, and what each is asked. */
export async function ownRoles(deployed: DeployedProof, calls: readonly SentCall[]): Promise<OwnRole[]> {
  const roles = rolesIn(deployed.stacks, environment).filter(
    ({ service }) => service !== 'fis.amazonaws.com',
  );
  const tagged = tagsIn(deployed.stacks, calls);
  return Promise.all(
    roles.map(async (role): Promise<OwnRole> => {
      const name = nameOf(role);
      const { account, region } = environment;
      const caller: Caller = { roleArn: `arn:aws:iam::${account}:role/${role.logicalId}`, account, region };
      const { asked, documented } = asksOfRole(name, deployed, calls, tagged);
      return {
        name,
        caller,
        statements: role.statements,
        asked: await requestsOf(asked, caller),
        documented: await requestsOf(documented, caller),
      };
    }),
  );
}

/** `AdmitRole7E9DD620` is `admit`, `ProbezoneARole7E9DD620` is `probe-zoneA`; a role that nobody has told of is none of these. */
const nameOf = ({ logicalId }: SynthesizedRole) => {
  const point = /^Probe(\w+)Role[0-9A-F]{8}$/.exec(logicalId)?.[1];
  if (point !== undefined) return `probe-${point}`;
  if (logicalId.startsWith('KillSwitchRole')) return 'kill-switch';
  const title = /^([A-Z][a-z]+)Role[0-9A-F]{8}$/.exec(logicalId)?.[1]?.toLowerCase() ?? logicalId;
  return title === 'endruns' ? 'end-first' : title;
};

const isFunction = (name: string): boolean =>
  [...handlerNames, ...stopNames, 'dispatch', 'report'].some((one) => one === name);

interface Asked {
  readonly asked: readonly Ask[];
  readonly documented: readonly Ask[];
}

function asksOfRole(
  name: string,
  deployed: DeployedProof,
  calls: readonly SentCall[],
  tagged: Tagged,
): Asked {
  const { machines, stacks } = deployed;
  const { runner } = machines.richest;
  if (isFunction(name)) {
    const sent = calls.filter(({ by }) => by === name);
    const needs = needsOfFunction(name, { isInVpc: false, isTraced: true });
    return {
      asked: sent.flatMap((call) => asksOf(call, tagged)),
      documented: needs.flatMap(({ asks }) => asks),
    };
  }
  if (name.startsWith('probe-')) {
    const sent = calls.filter(({ by }) => by === 'probe');
    const needs = needsOfFunction(name, { isInVpc: true, isTraced: false });
    return {
      asked: sent.flatMap((call) => asksOf(call, tagged)),
      documented: needs.flatMap(({ asks }) => asks),
    };
  }
  if (name === 'runner') {
    return { asked: asksOfTasks(runner), documented: needsOfMachines.flatMap(({ asks }) => asks) };
  }
  if (name === 'kill-switch') {
    const asked = asksOfTasks(machines.killSwitch);
    return { asked, documented: needsOfMachines.flatMap(({ asks }) => asks) };
  }
  if (name === 'dispatcher') {
    return {
      asked: asksOfTasks(machines.dispatcher),
      documented: needsOfMachines.flatMap(({ asks }) => asks),
    };
  }
  if (name === 'launcher') {
    const asked = [machines.richest, machines.plainest].flatMap(({ launcher }) => asksOfTasks(launcher));
    const needs = [...needsOfMachines, needsOfSync('steadfast-runner-staging')];
    return { asked, documented: needs.flatMap(({ asks }) => asks) };
  }
  if (name === 'scheduler') return { asked: [...stacks.values()].flatMap(asksOfSchedules), documented: [] };
  throw new Error(`nobody has told what the role ${name} is for`);
}

/** Each request once: calls are many, and the same thing is asked again and again. */
async function requestsOf(asks: readonly Ask[], caller: Caller): Promise<IamRequest[]> {
  const different = new Map(asks.map((ask) => [JSON.stringify(ask), ask]));
  return Promise.all([...different.values()].map((ask) => requestOf(ask, caller)));
}

const taskSchema = z.looseObject({
  Type: z.literal('Task'),
  Resource: z.string(),
  Parameters: z.looseObject({ FunctionName: z.string().optional(), StateMachineArn: z.string().optional() }),
});

/** What a state machine's own Tasks ask. */
const asksOfTasks = ({ States }: StateMachineDefinition): Ask[] =>
  Object.values(States).flatMap((state): Ask[] => {
    if (state.Type !== 'Task') return [];
    const { Resource, Parameters } = taskSchema.parse(state);
    const { FunctionName = '', StateMachineArn = '' } = Parameters;
    if (Resource.endsWith(':lambda:invoke'))
      return [{ action: 'lambda:InvokeFunction', on: ['function', { FunctionName: lastOf(FunctionName) }] }];
    if (Resource.endsWith(':states:startExecution.sync:2')) return [start(StateMachineArn)];
    // It starts itself.
    if (Resource.endsWith(':states:startExecution')) return [start('steadfast-dispatcher-staging')];
    throw new Error(`nobody has told what IAM is asked for a Task of ${Resource}`);
  });

const lastOf = (arn: string) => arn.split(':').at(-1) ?? '';

const start = (arn: string, context: Ask['context'] = {}): Ask => ({
  action: 'states:StartExecution',
  on: ['statemachine', { StateMachineName: lastOf(arn) }],
  context,
});

const tagsSchema = z.array(z.object({ Key: z.string(), Value: z.string() })).default([]);
const machineSchema = z.looseObject({ StateMachineName: z.string(), Tags: tagsSchema });
const scheduleSchema = z.looseObject({
  Target: z.looseObject({
    Arn: z.literal('arn:aws:scheduler:::aws-sdk:sfn:startExecution'),
    Input: z.string(),
    DeadLetterConfig: z.looseObject({ Arn: z.string() }),
  }),
});
const inputSchema = z.looseObject({ StateMachineArn: z.string() });

/** What the schedules of a stack ask: starting a launcher, and keeping a start that failed. */
function asksOfSchedules({ Resources }: CloudFormation): Ask[] {
  const of = (wanted: string) =>
    Object.values(Resources).flatMap(({ Type: type, Properties }) => (type === wanted ? [Properties] : []));
  const launchers = of('AWS::StepFunctions::StateMachine').map((one) => machineSchema.safeParse(one).data);
  return of('AWS::Scheduler::Schedule').flatMap((schedule) => {
    const { Input, DeadLetterConfig } = scheduleSchema.parse(schedule).Target;
    const { StateMachineArn } = inputSchema.parse(JSON.parse(Input));
    const started = launchers.find((launcher) => launcher?.StateMachineName === lastOf(StateMachineArn));
    const tags = (started?.Tags ?? []).map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, Value] as const);
    return [
      start(StateMachineArn, Object.fromEntries(tags)),
      { action: 'sqs:SendMessage', on: ['queue', { QueueName: lastOf(DeadLetterConfig.Arn) }] },
    ];
  });
}

const templateSchema = z.looseObject({ Tags: z.record(z.string(), z.string()) });
const startSchema = z.looseObject({ tags: z.record(z.string(), z.string()) });

/** The tags of templates as they are synthesized, and of experiments as functions give them. */
function tagsIn(stacks: DeployedProof['stacks'], calls: readonly SentCall[]): Tagged {
  const templates = [...stacks.values()].flatMap(({ Resources }) =>
    Object.values(Resources).flatMap(({ Type: type, Properties }) =>
      type === 'AWS::FIS::ExperimentTemplate' ? [templateSchema.parse(Properties).Tags] : [],
    ),
  );
  const starts = calls.filter(({ command }) => command === 'StartExperimentCommand');
  const given = starts.map(({ input }) => startSchema.parse(input).tags['steadfast:environment'] ?? '');
  const [value = '', ...more] = new Set(given);
  if (more.length > 0) throw new Error(`experiments are tagged differently: ${[value, ...more].join(', ')}`);
  return {
    template: (id) => {
      const found = templates.find(({ Name }) => `EXT-${Name}` === id);
      if (found === undefined) throw new Error(`there is no template ${id}`);
      return found;
    },
    experiment: { 'steadfast:environment': value },
    environment: { [environment.tag.key]: environment.tag.value },
  };
}
