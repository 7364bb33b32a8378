import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { PolledAlarm } from '../plan/polled-guard.ts';
import { isDenied } from './aws-error.ts';

/** Gives a client that reads alarms of another account or Region, by the role that the environment declares for it. */
export type AlarmReader = (alarm: PolledAlarm) => CloudWatchClient;

/** Whatever else the role may do, Steadfast takes on no more of it than this. */
const onlyAlarms = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'cloudwatch:DescribeAlarms', Resource: '*' }],
});

/** Says in the other account's trail who it was. */
const sessionName = 'steadfast-reads-guards';

/** Credentials of the role; the client asks again before they run out. They are in no error and no log. */
async function takeOn(sts: STSClient, role: string) {
  try {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: sessionName, Policy: onlyAlarms }),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
    if (AccessKeyId === undefined || SecretAccessKey === undefined)
      throw new SteadfastError('internal', `AWS gave no credentials for ${role}`);
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
      ...(Expiration === undefined ? {} : { expiration: Expiration }),
    };
  } catch (thrown) {
    if (!isDenied(thrown)) throw thrown;
    throw new SteadfastError('permission', `AWS refused sts:AssumeRole on ${role}`, {
      hint: 'let the role trust the functions of the environment, and deploy the runner',
      cause: thrown,
    });
  }
}

/** One client a role and Region, kept as long as the process lives. */
export function createAlarmReader(sts: STSClient, config: CloudWatchClientConfig = {}): AlarmReader {
  const clients = new Map<string, CloudWatchClient>();
  return ({ role, region }) => {
    const key = `${role} ${region}`;
    const client =
      clients.get(key) ?? new CloudWatchClient({ ...config, region, credentials: () => takeOn(sts, role) });
    clients.set(key, client);
    return client;
  };
}
