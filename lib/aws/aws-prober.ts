import type { RunnerInput } from '../plan/runner-input.ts';
import { createRemotePoint } from '../probing/batching.ts';
import { createHttpProber } from '../probing/http-prober.ts';
import { createSelfCheck } from '../probing/self-check.ts';
import { createVantageProber } from '../probing/vantage-prober.ts';
import type { Clock, Prober } from '../run/ports.ts';
import { createProberCall } from './call-prober.ts';
import type { AwsClients } from './clients.ts';
import { createSecrets } from './secrets.ts';

/** Asks services from this function, and from the vantage points that the run's probes name. */
export function createAwsProber({
  input,
  clock,
  lambda,
  secretsManager,
  ssm,
}: Pick<AwsClients, 'lambda' | 'secretsManager' | 'ssm'> & {
  readonly input: RunnerInput;
  readonly clock: Clock;
}): Prober {
  const { selfCheck, secrets: sources } = input;
  const urls = Object.fromEntries(Object.entries(input.services).map(([name, { url }]) => [name, url]));
  const here = createHttpProber({
    clock,
    urls,
    secret: createSecrets({ secretsManager, ssm, sources }),
    ...(selfCheck === undefined ? {} : { selfCheck: createSelfCheck({ url: selfCheck.url, clock }) }),
  });
  const common = { services: urls, secrets: sources, ...(selfCheck === undefined ? {} : { selfCheck }) };
  const points = Object.fromEntries(
    Object.entries(input.vantagePoints ?? {}).map(([name, functionName]) => [
      name,
      createRemotePoint({ name, clock, common, call: createProberCall(lambda, functionName) }),
    ]),
  );
  return createVantageProber({ clock, here, points });
}
