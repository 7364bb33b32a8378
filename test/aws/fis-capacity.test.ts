import { FisClient, ListExperimentsCommand, type ListExperimentsCommandInput } from '@aws-sdk/client-fis';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createFisCapacity } from '../../lib/aws/fis-capacity.ts';

const tags = { 'steadfast:run': 'run-7', 'steadfast:environment': 'staging' };

describe('what FIS carries out', () => {
  it('is everything that has not ended, of whomever it is, on every page', async () => {
    const fis = new FisClient({ region: 'eu-west-1' });
    const statuses = [
      'pending',
      'initiating',
      'running',
      'stopping',
      'completed',
      'stopped',
      'failed',
      'cancelled',
    ];
    const pages = [
      statuses.map((status, index) => ({ id: `EXP${index}`, state: { status }, tags })),
      [
        { id: 'EXP8', state: { status: 'running' }, tags: { ...tags, 'steadfast:preview': 'true' } },
        { id: 'EXP9', state: { status: 'running' } },
      ],
    ];
    mockClient(fis)
      .on(ListExperimentsCommand)
      .callsFake(({ nextToken }: ListExperimentsCommandInput) =>
        nextToken === undefined ? { experiments: pages[0], nextToken: '1' } : { experiments: pages[1] },
      );
    const run = { runId: 'run-7', environment: 'staging', isPreview: false };
    expect(await createFisCapacity({ fis }).active()).toEqual([
      { id: 'EXP0', status: 'pending', ...run },
      { id: 'EXP1', status: 'initiating', ...run },
      { id: 'EXP2', status: 'running', ...run },
      { id: 'EXP3', status: 'stopping', ...run },
      { id: 'EXP8', status: 'running', ...run, isPreview: true },
      { id: 'EXP9', status: 'running', isPreview: false },
    ]);
  });
});
