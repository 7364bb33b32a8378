import {
  GetParametersByPathCommand,
  type GetParametersByPathCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createSsmListings } from '../../lib/aws/ssm-listings.ts';
import { itListsExperiments } from '../run/ports-contract.ts';

/** So many parameters are on a page at most (API reference). */
const pageSize = 10;

/** Parameters of some ids each, given out in pages. */
function setUp(deployed: readonly string[], idsEach = 7) {
  const ssm = new SSMClient({ region: 'eu-west-1' });
  const values = Array.from({ length: Math.ceil(deployed.length / idsEach) }, (_, index) =>
    deployed.slice(index * idsEach, (index + 1) * idsEach).join(','),
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
    expect(await listings.isListed('e-75')).toBe(true);
    const calls = parameters.commandCalls(GetParametersByPathCommand);
    expect(calls.map(({ args }) => args[0].input.Path)).toEqual(
      Array.from({ length: 2 }, () => '/steadfast/staging/experiments'),
    );
  });

  it('names the permission that it lacks', async () => {
    const { parameters, listings } = setUp([]);
    const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    parameters.on(GetParametersByPathCommand).rejects(denied);
    await expect(listings.isListed('slow-database')).rejects.toMatchObject({
      code: 'permission',
      message: 'AWS refused ssm:GetParametersByPath on /steadfast/staging/experiments',
    });
  });

  it('takes no failure for an answer', async () => {
    const { parameters, listings } = setUp([]);
    parameters.on(GetParametersByPathCommand).rejects(new Error('the service is away'));
    await expect(listings.isListed('slow-database')).rejects.toThrow('the service is away');
  });
});
