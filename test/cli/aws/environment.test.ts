import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetParameterCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEnvironment } from '../../../lib/cli/aws/environment.ts';
import { SteadfastError } from '../../../lib/experiment/steadfast-error.ts';
import { createFakeOutside } from '../../fakes/fake-outside.ts';
import { containing } from '../../fakes/matching.ts';
import { staging } from '../../plan/examples.ts';
import { capturedIo } from '../captured-io.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'steadfast-project-'));
  const folder = join(root, 'experiments', 'environments');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'staging.json'), JSON.stringify(staging));
  writeFileSync(join(folder, 'torn.json'), JSON.stringify({ id: 'torn', account: '1' }));
});

afterAll(() => rmSync(root, { recursive: true }));

/** An account in which the environments of these ids are deployed. */
function deployed(ids: readonly string[], options: Parameters<typeof createFakeOutside>[0] = {}) {
  const fake = createFakeOutside(options);
  const asked = mockClient(fake.clients.ssm);
  asked.on(GetParameterCommand).callsFake(({ Name }: { Name: string }) => {
    if (ids.some((id) => Name === `/steadfast/${id}/table`)) return { Parameter: { Value: 'table' } };
    throw new ParameterNotFound({ message: 'none', $metadata: {} });
  });
  return { ...fake, asked };
}

describe('an environment of the project', () => {
  it('is opened in its account and Region, by one call', async () => {
    const { outside, choices, asked } = deployed([]);
    const { io } = capturedIo(root);
    const opened = await openEnvironment(io, { env: 'staging', profile: 'shop' }, outside);
    expect(opened).toMatchObject({ id: 'staging', account: staging.account, region: staging.region, root });
    expect(choices).toEqual([{ profile: 'shop', region: staging.region }]);
    expect(asked.calls()).toHaveLength(0);
  });

  it('is looked for in the Region that the command line names before its own', async () => {
    const { outside, choices } = deployed([]);
    const { io } = capturedIo(root);
    const opened = await openEnvironment(io, { env: 'staging', region: 'us-east-1' }, outside);
    expect(choices).toEqual([{ profile: undefined, region: 'us-east-1' }]);
    expect(opened.names.tableArn).toContain(':us-east-1:');
  });

  it('is refused to credentials of another account, and both are named', async () => {
    const { outside } = deployed([], { account: '222222222222' });
    const { io } = capturedIo(root);
    await expect(openEnvironment(io, { env: 'staging' }, outside)).rejects.toMatchObject({
      code: 'permission',
      message: containing('in the account 111111111111, and these credentials are of 222222222222'),
      hint: containing('--profile'),
    });
  });
});

describe('an environment that the project does not declare', () => {
  it('is taken from what is deployed in the account of the credentials', async () => {
    const { outside } = deployed(['shared'], { account: '333333333333' });
    const { io, err } = capturedIo(root);
    const opened = await openEnvironment(io, { env: 'shared' }, outside);
    expect(opened).toMatchObject({ account: '333333333333', region: 'eu-west-1' });
    expect(opened.definition).toBeUndefined();
    expect(err()).toBe('');
  });

  it.each([
    ['stagin', "did you mean 'staging'?"],
    ['elsewhere', 'this project has: staging'],
  ])('is unknown where nothing of it is deployed: %s', async (env, hint) => {
    const { outside } = deployed([]);
    const { io } = capturedIo(root);
    await expect(openEnvironment(io, { env }, outside)).rejects.toMatchObject({
      code: 'unknown-id',
      message: containing('nor is it deployed in 111111111111 eu-west-1'),
      hint: containing(hint),
    });
  });

  it('is asked for by the name that may be meant where nobody knows its Region', async () => {
    const { outside } = deployed([]);
    const { io } = capturedIo(root);
    const connect = () =>
      Promise.reject(new SteadfastError('cannot-begin', 'no AWS Region is known', { hint: 'name one' }));
    await expect(openEnvironment(io, { env: 'stagin' }, { ...outside, connect })).rejects.toMatchObject({
      code: 'cannot-begin',
      hint: "did you mean 'staging'? Else name one",
    });
    await expect(openEnvironment(io, { env: 'far-away' }, { ...outside, connect })).rejects.toMatchObject({
      hint: 'name one',
    });
  });

  it('is opened although its file is broken, and says so: a slip must keep nobody from ending a fault', async () => {
    const { outside } = deployed(['torn']);
    const { io, err } = capturedIo(root);
    expect(await openEnvironment(io, { env: 'torn' }, outside)).toMatchObject({ id: 'torn' });
    expect(err()).toContain('experiments/environments/torn.json is not valid');
  });
});
