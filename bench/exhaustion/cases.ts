import { createHash } from 'node:crypto';
import * as z from 'zod';
import {
  type Blow,
  type Case,
  callErrors,
  type EventFate,
  type Service,
  taskErrors,
  type Waking,
} from './case.ts';
import type { Traced } from './play.ts';
import type { Machines } from './subject.ts';

const retrySchema = z.object({
  Retry: z.array(z.object({ ErrorEquals: z.array(z.string()), MaxAttempts: z.number() })).default([]),
});

/** More attempts than any Task has. */
const always = 99;

/** Services that the runner uses on its way. */
const services: readonly Service[] = [
  'dynamo',
  's3',
  'fis',
  'sns',
  'eventBridge',
  'sfn',
  'lambda',
  'cloudWatch',
];

/** Errors that stand for others of the same retrier when it is about what a step has done before it failed. */
const afterwards = [
  'Lambda.Unknown',
  'Lambda.SdkClientException',
  'States.Timeout',
  'Runtime.OutOfMemory',
] as const;

const second = 1_000;

/** Where in a function's calls something new happens: the first and the last of each kind in a row. */
function turns(calls: readonly string[]): number[] {
  return [...calls.keys()].filter(
    (index) => calls[index] !== calls[index - 1] || calls[index] !== calls[index + 1],
  );
}

/** All that can befall one Task. */
function blowsOn({ state, calls }: Traced, machines: Machines): Blow[] {
  const { Retry } = retrySchema.parse(machines.runner.States[state]);
  const at = turns(calls);
  const kinds = [...new Set(calls)].map((command) => calls.indexOf(command));
  const changes = at.filter((index) => !/^(Get|BatchGet|List|Describe|Query)/.test(calls[index] ?? ''));
  return [
    ...taskErrors.map((error) => ({ kind: 'task', error, moment: 'before', attempts: 1 }) as const),
    ...afterwards.map((error) => ({ kind: 'task', error, moment: 'after', attempts: 1 }) as const),
    ...Retry.flatMap(({ ErrorEquals: [first = ''], MaxAttempts }) => {
      const error = taskErrors.find((one) => one === first) ?? 'Runtime.OutOfMemory';
      return Array.from({ length: MaxAttempts }, (_, retry) => retry + 2).flatMap((attempts) =>
        (['before', 'after'] as const).map((moment) => ({ kind: 'task', error, moment, attempts }) as const),
      );
    }),
    ...at.map((index) => ({ kind: 'crash', afterCalls: index + 1, attempts: 1 }) as const),
    ...kinds.map((index) => ({ kind: 'crash', afterCalls: index + 1, attempts: always }) as const),
    ...changes.map((atCall) => ({ kind: 'hangs', atCall }) as const),
    ...at.flatMap((atCall) =>
      callErrors.map((error) => ({ kind: 'call', atCall, error, attempts: 1 }) as const),
    ),
    ...kinds.flatMap((atCall) =>
      callErrors.map((error) => ({ kind: 'call', atCall, error, attempts: always }) as const),
    ),
    ...services.flatMap((service) => [
      { kind: 'service', service, error: 'AccessDeniedException' } as const,
      { kind: 'service', service, error: 'ThrottlingException', forMs: 60 * second } as const,
      { kind: 'service', service, error: 'InternalServerError', forMs: 600 * second } as const,
    ]),
    ...at.flatMap((atCall) => [
      { kind: 'abort', atCall, lateMs: 0 } as const,
      { kind: 'abort', atCall, lateMs: 30 * second } as const,
    ]),
    ...kinds.flatMap((atCall) => [
      { kind: 'abort', atCall, lateMs: 0, redriveAfterMs: 20 * second } as const,
      { kind: 'abort', atCall, lateMs: 0, redriveAfterMs: 2_400 * second } as const,
    ]),
    ...kinds.flatMap((atCall) => [
      { kind: 'launcher', atCall, runnerGoesOn: true } as const,
      { kind: 'launcher', atCall, runnerGoesOn: false } as const,
    ]),
    { kind: 'twice', how: 'in turn' },
    { kind: 'twice', how: 'at once' },
  ];
}

const events: readonly EventFate[] = ['prompt', 'lost', 'late', 'twice'];

/** The sweep makes some twenty calls before it is done with a run: it is killed after any of them, in one case of three. */
const sweepCalls = 24;

function wakingOf(key: number): Waking {
  const chosen = (one: number) => events[one % events.length] ?? 'prompt';
  const fates = { events: chosen(key), faultEvents: chosen(Math.floor(key / (12 * sweepCalls))) };
  const isKilled = Math.floor(key / events.length) % 3 === 0;
  return isKilled ? { ...fates, sweepDiesAfterCalls: 1 + (Math.floor(key / 12) % sweepCalls) } : fates;
}

/** A number that a text always has, so that the order of cases looks like chance and is the same each time. */
const numberOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE();

/**
 * Every case of the paths that were traced, in an order in which any beginning covers all Tasks of all paths about equally. The states
 * are those that the machine went through: a state that is added to it has its cases at once.
 */
export function allCases(
  traces: readonly { readonly path: string; readonly trace: readonly Traced[] }[],
  machines: Machines,
): Case[] {
  const groups = traces.flatMap(({ path, trace }) =>
    trace.map((traced) =>
      blowsOn(traced, machines)
        .map((blow) => {
          const { state, call } = traced;
          const key = numberOf(JSON.stringify({ path, state, call, blow }));
          return { key, one: { path, state, call, blow, waking: wakingOf(key) } };
        })
        .toSorted((a, b) => a.key - b.key)
        .map(({ one }) => one),
    ),
  );
  const longest = Math.max(...groups.map((group) => group.length));
  return Array.from({ length: longest }, (_, index) => groups.flatMap((group) => group[index] ?? [])).flat();
}
