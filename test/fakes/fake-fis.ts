import {
  FisClient,
  GetExperimentCommand,
  type GetExperimentCommandInput,
  GetExperimentTemplateCommand,
  type GetExperimentTemplateCommandInput,
  ListExperimentResolvedTargetsCommand,
  type ListExperimentResolvedTargetsCommandInput,
  ListExperimentsCommand,
  type ListExperimentsCommandInput,
  ResourceNotFoundException,
  StartExperimentCommand,
  type StartExperimentCommandInput,
  StopExperimentCommand,
  type StopExperimentCommandInput,
} from '@aws-sdk/client-fis';
import { mockClient } from 'aws-sdk-client-mock';
import type { Clock, FaultStatus } from '../../lib/run/ports.ts';

/** A template as far as the fake needs one. */
export interface FakeTemplate {
  readonly durationMs: number;
  readonly tags?: Readonly<Record<string, string>>;
  /** Fault (name of the target) to the action on it and what it resolves. */
  readonly faults: Readonly<Record<string, { readonly actionId: string; readonly arns: readonly string[] }>>;
}

interface Started {
  readonly id: string;
  readonly templateId: string;
  readonly token: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly skipsAll: boolean;
  readonly startMs: number;
  stopAskedMs?: number;
}

/** How long each state before running lasts, and how long stopping does. */
const stepMs = 1_000;

const denied = () =>
  Object.assign(new Error('not authorized to perform: fis:StartExperiment'), {
    name: 'AccessDeniedException',
  });
const unknown = (id: string) =>
  new ResourceNotFoundException({ message: `no experiment ${id}`, $metadata: {} });

/**
 * FIS with a memory, behind a mocked client: experiments go from pending to their end as the clock goes on, a token starts one
 * only, and a stop condition fires when it is told to.
 */
export function createFakeFis(options: {
  readonly clock: Clock;
  readonly templates: Readonly<Record<string, FakeTemplate>>;
  /** StartExperiment is refused for real experiments; previews may. */
  readonly deniesStart?: boolean;
  /** How long after a real experiment began to run its stop condition fires; never where absent. */
  readonly guardFiresAfterMs?: number;
  /** FIS that takes a preview for a real start. */
  readonly ignoresActionsMode?: boolean;
  /** Whether previews end by themselves; they do where absent. */
  readonly previewsEnd?: boolean;
  /** The state of the safety lever; disengaged where absent. */
  readonly lever?: 'disengaged' | 'engaging' | 'engaged';
  readonly pageSize?: number;
  /** Called as an experiment is started, a preview too. */
  readonly onStart?: () => void;
}) {
  const { clock, templates, pageSize = 2 } = options;
  const previewMs = options.previewsEnd === false ? Number.POSITIVE_INFINITY : 0;
  const started: Started[] = [];
  const fis = new FisClient({ region: 'eu-west-1' });
  const mock = mockClient(fis);

  const runningFrom = (experiment: Started) => experiment.startMs + 2 * stepMs;
  const templateOf = (experiment: Started): FakeTemplate => {
    const template = templates[experiment.templateId];
    if (template === undefined) throw unknown(experiment.templateId);
    return template;
  };
  const guardMs = (experiment: Started) =>
    options.guardFiresAfterMs === undefined || experiment.skipsAll
      ? Number.POSITIVE_INFINITY
      : runningFrom(experiment) + options.guardFiresAfterMs;

  /** When it ends by itself, and when something began to stop it. */
  const times = (experiment: Started) => {
    const endMs =
      runningFrom(experiment) + (experiment.skipsAll ? previewMs : templateOf(experiment).durationMs);
    const stopMs = Math.min(experiment.stopAskedMs ?? Number.POSITIVE_INFINITY, guardMs(experiment));
    return { endMs, stopMs };
  };

  const statusAt = (experiment: Started, nowMs: number): FaultStatus => {
    const { endMs, stopMs } = times(experiment);
    if (stopMs < endMs && nowMs >= stopMs) return nowMs < stopMs + stepMs ? 'stopping' : 'stopped';
    if (nowMs >= endMs) return 'completed';
    if (nowMs >= runningFrom(experiment)) return 'running';
    return nowMs >= experiment.startMs + stepMs ? 'initiating' : 'pending';
  };

  const endedMs = (experiment: Started, nowMs: number): number | undefined => {
    const { endMs, stopMs } = times(experiment);
    const status = statusAt(experiment, nowMs);
    return status === 'completed' ? endMs : status === 'stopped' ? stopMs + stepMs : undefined;
  };

  const find = (id: string | undefined): Started => {
    const experiment = started.find((one) => one.id === id);
    if (experiment === undefined) throw unknown(String(id));
    return experiment;
  };

  const describe = (experiment: Started) => {
    const nowMs = clock.now();
    const status = statusAt(experiment, nowMs);
    const { stopMs } = times(experiment);
    const begun = nowMs >= runningFrom(experiment) && stopMs > runningFrom(experiment);
    const actionStatus = experiment.skipsAll && begun ? 'skipped' : status;
    const startTime = begun && !experiment.skipsAll ? { startTime: new Date(runningFrom(experiment)) } : {};
    const actions = Object.entries(templateOf(experiment).faults).map(([fault, { actionId }]) => {
      const action = { actionId, targets: { Tasks: fault }, state: { status: actionStatus }, ...startTime };
      return [fault, action] as const;
    });
    const ended = endedMs(experiment, nowMs);
    return {
      id: experiment.id,
      experimentTemplateId: experiment.templateId,
      state: { status, reason: `in words: ${status}` },
      actions: Object.fromEntries(actions),
      tags: experiment.tags,
      creationTime: new Date(experiment.startMs),
      startTime: new Date(experiment.startMs),
      ...(ended === undefined ? {} : { endTime: new Date(ended) }),
      experimentOptions: { actionsMode: experiment.skipsAll ? 'skip-all' : 'run-all' },
    };
  };

  const page = <T>(all: readonly T[], token: string | undefined) => {
    const from = Number(token ?? 0);
    const end = from + pageSize;
    return { items: all.slice(from, end), nextToken: end < all.length ? String(end) : undefined };
  };

  mock
    .on(StartExperimentCommand)
    .callsFake((input: StartExperimentCommandInput & { experimentOptions?: { actionsMode?: string } }) => {
      const skipsAll =
        input.experimentOptions?.actionsMode === 'skip-all' && options.ignoresActionsMode !== true;
      if (options.deniesStart === true && !skipsAll) throw denied();
      if (templates[input.experimentTemplateId ?? ''] === undefined)
        throw unknown(String(input.experimentTemplateId));
      const known = started.find((one) => one.token === input.clientToken);
      if (known !== undefined) return { experiment: describe(known) };
      const experiment: Started = {
        id: `EXP${started.length + 1}`,
        templateId: String(input.experimentTemplateId),
        token: String(input.clientToken),
        tags: input.tags ?? {},
        skipsAll,
        startMs: clock.now(),
      };
      started.push(experiment);
      options.onStart?.();
      return { experiment: describe(experiment) };
    });
  mock
    .on(GetExperimentCommand)
    .callsFake((input: GetExperimentCommandInput) => ({ experiment: describe(find(input.id)) }));
  mock.on(GetExperimentTemplateCommand).callsFake(({ id = '' }: GetExperimentTemplateCommandInput) => {
    // What is sent to the safety lever's path (lib/aws/safety-lever.ts) is no template.
    if (id === 'default') return { safetyLever: { id, state: { status: options.lever ?? 'disengaged' } } };
    const template = templates[id];
    if (template === undefined) throw unknown(id);
    return { experimentTemplate: { id, tags: template.tags ?? {} } };
  });
  mock.on(StopExperimentCommand).callsFake((input: StopExperimentCommandInput) => {
    const experiment = find(input.id);
    const status = statusAt(experiment, clock.now());
    if (status === 'completed' || status === 'stopped') {
      throw Object.assign(new Error('it has ended'), { name: 'ValidationException' });
    }
    experiment.stopAskedMs ??= clock.now();
    return { experiment: describe(experiment) };
  });
  mock
    .on(ListExperimentResolvedTargetsCommand)
    .callsFake((input: ListExperimentResolvedTargetsCommandInput) => {
      const rows = Object.entries(templateOf(find(input.experimentId)).faults).flatMap(
        ([targetName, { arns }]) =>
          arns.map((arn) => {
            const resourceType = arn.includes(':lambda:') ? 'aws:lambda:function' : 'aws:ecs:task';
            return { resourceType, targetName, targetInformation: { arn } };
          }),
      );
      const { items, nextToken } = page(rows, input.nextToken);
      return { resolvedTargets: items, nextToken };
    });
  mock.on(ListExperimentsCommand).callsFake((input: ListExperimentsCommandInput) => {
    const { items, nextToken } = page(started.map(describe), input.nextToken);
    return { experiments: items, nextToken };
  });

  return {
    fis,
    mock,
    /** Every experiment that was started, with its present status, and when it ended where it has. */
    experiments: () =>
      started.map((one) => ({
        ...one,
        status: statusAt(one, clock.now()),
        endedMs: endedMs(one, clock.now()),
      })),
    /** Whether a fault is being injected now. */
    injecting: () => started.some((one) => !one.skipsAll && statusAt(one, clock.now()) === 'running'),
    /** When a stop condition fired, in milliseconds; undefined when none has yet. */
    guardFiredMs: () => started.map(guardMs).find((ms) => ms <= clock.now()),
  };
}
