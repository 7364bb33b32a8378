import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { HttpRequest } from '../experiment/http-request.ts';
import type { HttpProbe } from '../experiment/probe.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { experimentOf, type RunnerInput } from '../plan/runner-input.ts';
import type { Clock, Prober, Rollbacks } from '../run/ports.ts';
import { performAutomationRollback } from './automation-rollback.ts';
import { performLambdaRollback } from './lambda-rollback.ts';

/** The header that carries the run's id to a service that is asked to roll back. */
const runHeader = 'x-steadfast-run';

const resolve = <T>(kind: string, map: Readonly<Record<string, T>>, name: string): T => {
  const found = map[name];
  if (found === undefined)
    throw new SteadfastError('invalid', `no ${kind} is called '${name}'`, {
      hint: `add it to the ${kind}s of the environment`,
    });
  return found;
};

/** Carries out the rollbacks of an experiment: by a Lambda function, an SSM automation or a request to a service. */
export function createAwsRollbacks(options: {
  readonly lambda: LambdaClient;
  readonly ssm: SSMClient;
  readonly prober: Prober;
  readonly clock: Clock;
  readonly input: RunnerInput;
}): Rollbacks {
  const { lambda, ssm, prober, clock, input } = options;
  const { rollbacks = {} } = experimentOf(input);

  const overHttp = async (
    name: string,
    request: HttpRequest,
    runId: string,
    timeoutMs: number,
  ): Promise<string> => {
    // `numberOf` is said to be absent, or the type checker takes Object's own for it.
    const http = { ...request, headers: { ...request.headers, [runHeader]: runId }, numberOf: undefined };
    const definition: HttpProbe = { http, tolerances: {} };
    const { error, status } = await prober.ask({ probe: name, definition, dueMs: clock.now(), timeoutMs });
    if (error === undefined) return `${request.service} answered ${status ?? 'without a status'}`;
    throw new SteadfastError(
      'internal',
      `${request.method} ${request.path} of ${request.service} failed: ${error}`,
    );
  };

  return {
    perform: async (name, runId, timeoutMs) => {
      const rollback = resolve('rollback', rollbacks, name);
      const done = new AbortController();
      const timeout = new AbortController();
      const late = new SteadfastError(
        'internal',
        `the rollback ${name} took longer than ${timeoutMs / 1_000} s`,
      );
      const watchdog = clock.sleep(timeoutMs, done.signal).then(() => timeout.abort(late));
      const { signal } = timeout;
      try {
        if ('http' in rollback) return await overHttp(name, rollback.http, runId, timeoutMs);
        if ('lambda' in rollback) {
          const functionName = resolve('function', input.functions, rollback.lambda.function);
          return await performLambdaRollback({
            lambda,
            functionName,
            payload: rollback.lambda.payload,
            runId,
            signal,
          });
        }
        if ('ssmAutomation' in rollback) {
          const { document: documentName, parameters = {} } = rollback.ssmAutomation;
          const document = resolve('document', input.documents, documentName);
          return await performAutomationRollback({
            ssm,
            clock,
            rollback: name,
            document,
            parameters,
            runId,
            signal,
          });
        }
        throw new SteadfastError(
          'invalid',
          `the rollback ${name} is a command, which only a lab can carry out`,
        );
      } catch (thrown) {
        // A call that was cut off says only that; the time-out is the reason.
        throw signal.aborted ? late : thrown;
      } finally {
        done.abort();
        await watchdog;
      }
    },
  };
}
