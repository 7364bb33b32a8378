import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createAlarmReader } from '../../lib/aws/alarm-reader.ts';

const role = 'arn:aws:iam::222222222222:role/reads-alarms';
const alarm = { role, region: 'us-east-1' };
const secret = 'the-secret-of-the-role';

function setUp() {
  const sts = new STSClient({ region: 'eu-west-1' });
  const calls = mockClient(sts);
  calls.on(AssumeRoleCommand).resolves({
    Credentials: {
      AccessKeyId: 'AKIA1',
      SecretAccessKey: secret,
      SessionToken: 'token',
      Expiration: new Date(Date.now() + 3_600_000),
    },
  });
  // Nobody listens there: what fails before a request is sent says so, and nothing leaves this machine.
  const reader = createAlarmReader(sts, { endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
  return { calls, reader };
}

describe('a reader of alarms elsewhere', () => {
  it('takes on the declared role in the Region of the alarm, for reading alarms and nothing else', async () => {
    const { calls, reader } = setUp();
    const client = reader(alarm);
    expect(await client.config.region()).toBe('us-east-1');
    expect(await client.config.credentials()).toMatchObject({
      accessKeyId: 'AKIA1',
      secretAccessKey: secret,
      sessionToken: 'token',
    });
    const [call] = calls.commandCalls(AssumeRoleCommand);
    const { RoleArn, RoleSessionName, Policy } = call?.args[0].input ?? {};
    expect({ RoleArn, RoleSessionName }).toEqual({
      RoleArn: role,
      RoleSessionName: 'steadfast-reads-guards',
    });
    const policy = z.object({ Statement: z.array(z.object({ Effect: z.string(), Action: z.string() })) });
    expect(policy.parse(JSON.parse(Policy ?? '{}')).Statement).toEqual([
      { Effect: 'Allow', Action: 'cloudwatch:DescribeAlarms' },
    ]);
  });

  it('keeps one client a role and Region, and its credentials as long as they last', async () => {
    const { calls, reader } = setUp();
    expect(reader({ ...alarm })).toBe(reader({ ...alarm }));
    expect(reader({ ...alarm, region: 'eu-west-1' })).not.toBe(reader(alarm));
    expect(reader({ ...alarm, role: `${role}-2` })).not.toBe(reader(alarm));
    await reader(alarm).config.credentials();
    await reader(alarm).config.credentials();
    expect(calls.commandCalls(AssumeRoleCommand)).toHaveLength(1);
  });

  it('says which role it may not take on, and no secret', async () => {
    const { calls, reader } = setUp();
    calls.on(AssumeRoleCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
    await expect(reader(alarm).send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({
      code: 'permission',
      message: `AWS refused sts:AssumeRole on ${role}`,
    });
    expect(calls.commandCalls(AssumeRoleCommand)).toHaveLength(1);
  });

  it('fails where AWS gives no credentials, and as it came where STS does not answer', async () => {
    const { calls, reader } = setUp();
    calls.on(AssumeRoleCommand).resolvesOnce({}).rejects(new Error('the connection was reset'));
    await expect(reader(alarm).config.credentials()).rejects.toMatchObject({ code: 'internal' });
    await expect(reader(alarm).config.credentials()).rejects.toThrow('the connection was reset');
  });

  it('tells no credentials when the alarms cannot be reached', async () => {
    const { reader } = setUp();
    const thrown: unknown = await reader(alarm)
      .send(new DescribeAlarmsCommand({}))
      .catch((cause: unknown) => cause);
    expect(thrown).toBeInstanceOf(Error);
    expect(`${String(thrown)} ${JSON.stringify(thrown)}`).not.toContain(secret);
  });
});
