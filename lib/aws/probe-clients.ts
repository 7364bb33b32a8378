import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';

/** The clients that a prober at a vantage point needs, and no others. */
export interface ProbeClients {
  readonly secretsManager: SecretsManagerClient;
  readonly ssm: SSMClient;
}

/** A subnet may have no way to AWS's services: better no secret soon than requests that nobody hears of again. */
export function createProbeClients(): ProbeClients {
  const impatient = {
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 400, requestTimeout: 800, throwOnRequestTimeout: true },
  };
  return { secretsManager: new SecretsManagerClient(impatient), ssm: new SSMClient(impatient) };
}
