import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import * as z from 'zod';
import { createProbeHandler } from '../../../lambdas/probe-handler.ts';
import { createWiring } from '../../../lambdas/wiring.ts';
import { createAlarmReader } from '../../../lib/aws/alarm-reader.ts';
import type { AwsClients } from '../../../lib/aws/clients.ts';
import { createDynamoApprovalDesk } from '../../../lib/aws/dynamo-approvals.ts';
import type { BundleName, HandlerName } from '../../../lib/cdk/handler-bundles.ts';
import { probesSchema } from '../../../lib/experiment/probe.ts';
import { isHttpProbe } from '../../../lib/experiment/probe-kind.ts';
import { ec2Actions } from '../../../lib/fis/ec2.ts';
import { functionPrerequisites } from '../../../lib/fis/prerequisite.ts';
import { factsOf } from '../../../lib/plan/run-facts.ts';
import type { RunnerInput } from '../../../lib/plan/runner-input.ts';
import { systemClock } from '../../../lib/probing/system-clock.ts';
import type { RunPorts } from '../../../lib/run/ports.ts';
import {
  type AwsRun,
  type AwsRunOptions,
  quietLog,
  runInAws,
  runnerInputIn,
} from '../../end-to-end/aws-run.ts';
import { functionPorts } from '../../end-to-end/function-ports.ts';
import { type DeployedProof, environment } from './deployed.ts';
import { recordStops } from './recorded-stops.ts';

/** A command that a function sent, as it gave it to the SDK. */
export interface SentCall {
  readonly by: BundleName;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const commandSchema = z.looseObject({ input: z.record(z.string(), z.unknown()) });

/** The same client, every command of which is told before it is sent. */
export function told<Client extends object>(client: Client, tell: (command: object) => void): Client {
  return new Proxy(client, {
    get: (target, key) => {
      const member: unknown = Reflect.get(target, key);
      if (key !== 'send' || typeof member !== 'function') return member;
      return (...given: readonly unknown[]): unknown => {
        const [command] = given;
        if (typeof command === 'object' && command !== null) tell(command);
        return Reflect.apply(member, target, given);
      };
    },
  });
}

const well = { status: 200, latencyMs: 20 };
const slow = { status: 200, latencyMs: 800 };

type Run = Pick<AwsRunOptions, 'dies' | 'fis' | 'overHttp' | 'sees' | 'thinks'>;

/** A run that holds, with all that an environment can declare. */
const first: Run = {
  sees: () => well,
  overHttp: true,
  thinks: async ({ clients }, clock) => {
    const desk = createDynamoApprovalDesk({ dynamo: clients.dynamo, table: 'steadfast', clock });
    for (const { runId, request: wanted } of await desk.waiting())
      await desk.approve({ runId, hash: wanted.hash, by: 'somebody' });
  },
};

/** Runs that between them take the ways on which functions ask AWS different things. */
const runs: readonly Run[] = [
  first,
  { sees: (injecting) => (injecting ? slow : well) },
  { sees: () => well, fis: { guardFiresAfterMs: 30_000 } },
  { sees: () => well, fis: { ignoresActionsMode: true } },
  { sees: () => well, dies: (step) => (step === 'endFault' ? new Error('out of memory') : undefined) },
];

/** A request from the vantage points, which the function there is to send. */
const fromInside = {
  http: { service: 'shop', path: '/', from: 'inside' },
  tolerances: { errorRate: { below: '1%' } },
};

/** What a vantage point's function is handed. */
const batch = {
  services: { shop: 'https://shop.example.com' },
  secrets: { token: { secretsManager: 'shop/token' }, key: { ssm: '/shop/key' } },
  selfCheck: { url: 'http://127.0.0.1:9/' },
  selfCheckWorks: false,
  looks: false,
  probes: probesSchema.parse({
    products: {
      ...fromInside,
      http: { ...fromInside.http, headers: { a: { secret: 'token' }, b: { secret: 'key' } } },
    },
  }),
  asks: [{ probe: 'products', timeoutMs: 1_000 }],
};

const stopsInstances = 'aws:ec2:stop-instances';
const factsOfInstances = ec2Actions.flatMap((action) =>
  action.id === stopsInstances ? [[stopsInstances, factsOf(action)] as const] : [],
);

/** Ways that a run takes only when two things happen at once, walked through the ports that its function asks. */
const driven: readonly {
  readonly by: HandlerName;
  /** What is other than in the run. */
  readonly changes?: (input: RunnerInput) => Partial<RunnerInput>;
  readonly walk: (ports: RunPorts, run: AwsRun) => Promise<unknown>;
}[] = [
  // A task that was replaced after admission is looked for again.
  { by: 'fault', walk: (ports) => ports.inventory.matching() },
  // Faults of functions, which no run here has, need something of them.
  {
    by: 'admit',
    walk: (ports) => {
      const id = 'arn:aws:lambda:eu-west-1:111111111111:function:shop-checkout';
      const targets = [{ fault: 'it', id, tags: {} }];
      return ports.prerequisites.look([{ fault: 'it', prerequisites: functionPrerequisites, targets }]);
    },
  },
  // A run that waits for its approval gives it up.
  { by: 'admit', walk: (ports) => ports.approvals.close('run-1') },
  // Faults of instances and subnets, which no run here has, are looked at on the side of their targets.
  {
    by: 'fault',
    changes: ({ stages, actions }) => ({
      actions: { ...actions, ...Object.fromEntries(factsOfInstances) },
      stages: stages.map((stage) => ({
        ...stage,
        faults: [{ name: 'slow', action: stopsInstances, parameters: {} }],
      })),
    }),
    walk: async (ports, { journal }) => ports.faults.bite(0, journal.stages[0]?.fisExperimentId ?? ''),
  },
  {
    by: 'admit',
    walk: (ports) => {
      const id = 'arn:aws:ec2:eu-west-1:111111111111:subnet/subnet-1';
      return ports.residue.remember([{ fault: 'it', id, tags: {} }]);
    },
  },
  {
    by: 'conclude',
    walk: (ports) => ports.residue.look({ remembered: { networkAcls: { 'subnet-1': 'acl-1' } }, hit: [] }),
  },
  // FIS refuses to stop what has ended meanwhile, and is asked whether it has.
  ...(['conclude', 'observe', 'fault', 'admit'] as const).map((by) => ({
    by,
    walk: (ports: RunPorts) => ports.faults.stop('EXP1'),
  })),
  // A run that lasts longer than traffic is asked for at a time asks for more.
  ...(['observe', 'recover'] as const).map((by) => ({
    by,
    walk: (ports: RunPorts) => ports.traffic.ask({ runId: 'run-1', action: 'keep', fromMs: 0, untilMs: 1 }),
  })),
  // Where a state machine makes traffic: it is started, kept up and stopped.
  ...(
    [
      ['admit', 'start'],
      ['observe', 'keep'],
      ['recover', 'keep'],
      ['conclude', 'stop'],
    ] as const
  ).map(([by, action]) => ({
    by,
    changes: ({ experiment }: RunnerInput) => ({
      experiment: { ...experiment, traffic: { stateMachine: { name: 'shoppers' } } },
      stateMachines: { shoppers: environment.stateMachines.shoppers },
    }),
    walk: (ports: RunPorts) => ports.traffic.ask({ runId: 'run-1', action, fromMs: 0, untilMs: 600_000 }),
  })),
  ...(['observe', 'recover'] as const).map((by) => ({
    by,
    walk: (ports: RunPorts) => {
      const probe = probesSchema.parse({ it: fromInside })['it'];
      if (probe === undefined || !isHttpProbe(probe)) throw new Error('it is no http probe');
      return ports.prober.ask({ probe: 'it', definition: probe, dueMs: Date.now(), timeoutMs: 1_000 });
    },
  })),
  {
    by: 'conclude',
    // More samples than one part of an upload holds, then one that cannot be read, so that the upload is given up.
    walk: async (ports, { aws }) => {
      const error = 'x'.repeat(10_000);
      const line = `${JSON.stringify({ at: '2026-01-01T00:00:00.000Z', probe: 'products', error })}\n`;
      aws.bucket.objects.set('runs/run-1/observations/99.ndjson', line.repeat(1_000));
      await ports.store.saveSamples('run-1');
      aws.bucket.objects.set('runs/run-1/observations/99z.ndjson', 'no JSON\n');
      await ports.store.saveSamples('run-1').catch(() => undefined);
    },
  },
];

/** Every call that the functions of an environment send in a number of runs. */
export async function recordCalls(proof: DeployedProof): Promise<SentCall[]> {
  const { machines, variables } = proof;
  const calls: SentCall[] = [];
  const sts = new STSClient({ region: 'eu-west-1' });
  mockClient(sts)
    .on(AssumeRoleCommand)
    .resolves({
      Credentials: {
        AccessKeyId: 'id',
        SecretAccessKey: 'key',
        SessionToken: 'token',
        Expiration: new Date(),
      },
    });
  const through = (by: BundleName, clients: AwsClients): AwsClients => {
    const tell = (command: object) => {
      const { input } = commandSchema.parse(command);
      calls.push({ by, command: command.constructor.name, input });
    };
    const { lambda, lambdaReads } = clients;
    const reader = createAlarmReader(told(sts, tell), { region: 'eu-west-1' });
    return {
      // The role of another account reads the alarm; what the function itself does is take it on, as its client asks for credentials.
      alarmReader: (alarm) => {
        const { credentials } = reader(alarm).config;
        return told(clients.alarmReader(alarm), () => void credentials());
      },
      cloudWatch: told(clients.cloudWatch, tell),
      dynamo: told(clients.dynamo, tell),
      ec2: async () => told(await clients.ec2(), tell),
      ecs: told(clients.ecs, tell),
      eventBridge: told(clients.eventBridge, tell),
      fis: told(clients.fis, tell),
      lambda: told(lambda, tell),
      lambdaReads: told(lambdaReads, tell),
      s3: told(clients.s3, tell),
      secretsManager: told(clients.secretsManager, tell),
      sfn: told(clients.sfn, tell),
      sns: told(clients.sns, tell),
      ssm: told(clients.ssm, tell),
      tagging: told(clients.tagging, tell),
    };
  };
  for (const run of runs) {
    const launched = run === first ? machines.richest : machines.plainest;
    const done = await runInAws({ ...run, machines: launched, variables, through });
    if (run !== first) continue;
    await createProbeHandler({ clients: through('probe', done.aws.clients), clock: systemClock })({
      ...batch,
      asks: batch.asks.map((ask) => ({ ...ask, dueMs: systemClock.now() })),
    });
    for (const { by, walk, changes } of driven) {
      const wiring = createWiring(functionPorts[by], {
        variables: variables(by),
        clients: through(by, done.aws.clients),
        log: quietLog,
        countVerdict: () => undefined,
      });
      const input = runnerInputIn(launched.launcher);
      await walk(wiring.ports({ ...input, ...changes?.(input) }, 'run-1'), done);
    }
  }
  await recordStops(proof, through);
  return calls;
}
