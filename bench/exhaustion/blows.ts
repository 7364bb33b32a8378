import type { Clock } from '../../lib/run/ports.ts';
import { type AwsCall, type Fortune, made } from './calls.ts';
import type { Blow, CallError } from './case.ts';
import type { AskedTask } from './execution.ts';

/** What a blow can do to the executions. */
export interface Levers {
  readonly clock: Clock;
  /** Calls the Task's function. What is not awaited goes on by itself. */
  readonly call: (fortune: (call: AwsCall) => Fortune) => Promise<unknown>;
  readonly abortRunner: () => void;
  readonly abortLauncher: () => void;
  readonly redrive: () => void;
  readonly breakService: (failing: { service: string; error: CallError; untilMs: number }) => void;
  readonly timeoutMs: number;
}

export const failing = (error: CallError): Fortune => ({
  kind: 'fails',
  error: Object.assign(new Error(`${error} was played`), { name: error }),
});

const named = (name: string) => Object.assign(new Error(`${name} was played`), { name });

const steady = () => made;

/** Carries out a Task that a blow is meant for. */
export async function strike(blow: Blow, { attempt }: AskedTask, levers: Levers): Promise<unknown> {
  const { clock, call } = levers;
  switch (blow.kind) {
    case 'task': {
      if (attempt > blow.attempts) return call(steady);
      if (blow.moment === 'after') await call(steady);
      throw named(blow.error);
    }
    case 'crash':
      return call(({ index }) =>
        attempt <= blow.attempts && index === blow.afterCalls - 1 ? { kind: 'dies', moment: 'after' } : made,
      );
    case 'hangs': {
      if (attempt > 1) return call(steady);
      const untilMs = clock.now() + levers.timeoutMs;
      let hung = false;
      const called = call(({ index }) => {
        if (index === blow.atCall) {
          hung = true;
          return { kind: 'late', byMs: levers.timeoutMs + landsLateMs };
        }
        return index > blow.atCall ? { kind: 'dies', moment: 'before' } : made;
      });
      // A function that ends without having hung is an ordinary one.
      const answer = await Promise.race([called, clock.sleep(untilMs - clock.now()).then(() => timedOut)]);
      if (answer === timedOut || hung) throw named('States.Timeout');
      return answer;
    }
    case 'call':
      return call(({ index }) =>
        attempt <= blow.attempts && index === blow.atCall ? failing(blow.error) : made,
      );
    case 'service': {
      const { service, error, forMs = Number.POSITIVE_INFINITY } = blow;
      if (attempt === 1) levers.breakService({ service, error, untilMs: clock.now() + forMs });
      return call(steady);
    }
    case 'abort': {
      let isStruck = attempt > 1;
      return call(({ index }) => {
        if (isStruck || index !== blow.atCall) return made;
        isStruck = true;
        levers.abortRunner();
        if (blow.redriveAfterMs !== undefined) void clock.sleep(blow.redriveAfterMs).then(levers.redrive);
        return { kind: 'late', byMs: blow.lateMs };
      });
    }
    case 'launcher': {
      let isStruck = attempt > 1;
      return call(({ index }) => {
        if (isStruck || index !== blow.atCall) return made;
        isStruck = true;
        levers.abortLauncher();
        if (!blow.runnerGoesOn) levers.abortRunner();
        return made;
      });
    }
    case 'twice': {
      if (attempt > 1) return call(steady);
      if (blow.how === 'in turn') {
        await call(steady);
        return call(steady);
      }
      const [first] = await Promise.all([call(steady), call(steady)]);
      return first;
    }
  }
}

/** How long after the Task's time-out a call that hung is carried out. */
const landsLateMs = 20_000;

const timedOut = Symbol('timed out');
