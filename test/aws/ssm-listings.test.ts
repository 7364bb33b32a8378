import {
  GetParametersByPathCommand,
  type GetParametersByPathCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createSsmListings } from '../../lib/aws/ssm-listings.ts';
import { experimentList } from '../../lib/plan/experiment-list.ts';
import { itListsExperiments, planOf } from '../run/ports-contract.ts';

const listOf = (ids: readonly string[]) => experimentList(new Map(ids.map((id) => [id, planOf(id)])));

/** So many parameters are on a page at most (API reference). */
const pageSize = 10;

/** Parameters of some ids each, given out in pages. */
function setUp(deployed: readonly string[], idsEach = 7) {
  const ssm = new SSMClient({ region: 'eu-west-1' });
  const values = Array.from({ length: Math.ceil(deployed.length / idsEach) }, (_, index) =>
    listOf(deployed.slice(index * idsEach, (index + 1) * idsEach)),
  );
  const parameters = mockClient(ssm);
  parameters.on(GetParametersByPathCommand).callsFake(({ NextToken }: GetParametersByPathCommandInput) => {
    const from = Number(NextToken ?? 0);
    const until = from + pageSize;
    return {
      Parameters: values.slice(from, until).map((Value) => ({ Value })),
      ...(until < values.length ? { NextToken: String(until) } : {}),
    };
  });
  return { parameters, listings: createSsmListings({ ssm, environment: 'staging' }) };
}

describe('the listing in parameters', () => {
  itListsExperiments((deployed) => setUp(deployed).listings);

  it('asks for those of its environment alone, and no further than where it found what it sought', async () => {
    const { parameters, listings } = setUp(Array.from({ length: 500 }, (_, index) => `e-${index}`));
    expect(await listings.look('e-75', planOf('e-75'))).toBe('listed');
    const calls = parameters.commandCalls(GetParametersByPathCommand);
    expect(calls.map(({ args }) => args[0].input.Path)).toEqual(
      Array.from({ length: 2 }, () => '/steadfast/staging/experiments'),
    );
  });

  it('admits what a list of an older core names, which tells no plans', async () => {
    const { parameters, listings } = setUp([]);
    parameters
      .on(GetParametersByPathCommand)
      .resolves({ Parameters: [{ Value: 'slow-cache,slow-database' }] });
    expect(await listings.look('slow-database', 'a1b2c3d4e5f6')).toBe('listed');
    expect(await listings.look('slow', 'a1b2c3d4e5f6')).toBe('absent');
  });

  it('is satisfied by one list of several, as while an experiment moves from stack to stack', async () => {
    const { parameters, listings } = setUp([]);
    parameters.on(GetParametersByPathCommand).resolves({
      Parameters: [{ Value: 'slow-database,=000000000000' }, { Value: 'slow-database,=a1b2c3d4e5f6' }],
    });
    expect(await listings.look('slow-database', 'a1b2c3d4e5f6')).toBe('listed');
    expect(await listings.look('slow-database', 'ffffffffffff')).toBe('changed');
  });

  it('names the permission that it lacks', async () => {
    const { parameters, listings } = setUp([]);
    const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    parameters.on(GetParametersByPathCommand).rejects(denied);
    await expect(listings.look('slow-database')).rejects.toMatchObject({
      code: 'permission',
      message: 'AWS refused ssm:GetParametersByPath on /steadfast/staging/experiments',
    });
  });

  it('takes no failure for an answer', async () => {
    const { parameters, listings } = setUp([]);
    parameters.on(GetParametersByPathCommand).rejects(new Error('the service is away'));
    await expect(listings.look('slow-database')).rejects.toThrow('the service is away');
  });
});
