import { describe, expect, it } from 'vitest';
import { faultSchema } from '../../lib/experiment/fault.ts';

const problemsOf = (action: string, parameters: object) =>
  faultSchema
    .safeParse({ action, selector: { service: 'shop' }, parameters })
    .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);

describe('the parameters of a fault of a lab', () => {
  it.each([
    ['lab:freeze', { every: '2s' }, "parameters.for is missing: 'every' says how often, 'for' how long"],
    [
      'lab:freeze',
      { for: '2s', every: '2s' },
      'parameters.every is not longer than the 2s that it stands still: it would never go on',
    ],
    [
      'lab:restart-loop',
      { every: '50ms' },
      'parameters.every is out of range: write a value from 100ms to 1h',
    ],
    ['lab:cpu-pressure', { workers: 0 }, 'parameters.workers is out of range: write a value from 1 to 64'],
    ['lab:memory-pressure', {}, "parameters say either 'share' or 'mebibytes'"],
    ['lab:memory-pressure', { share: '10%', mebibytes: 5 }, "parameters say either 'share' or 'mebibytes'"],
    [
      'lab:exhaust-connections',
      { connections: 100_000 },
      'parameters.connections is out of range: write a value from 1 to 10000',
    ],
  ])('are refused with what would mend them: %s %j', (action, parameters, problem) => {
    expect(problemsOf(action, parameters)).toEqual([problem]);
  });

  it.each([
    ['lab:kill', {}],
    ['lab:freeze', { for: '300ms', every: '2s' }],
    ['lab:memory-pressure', { mebibytes: 100 }],
    ['lab:exhaust-connections', { connections: 10 }],
  ])('are taken: %s %j', (action, parameters) => {
    expect(problemsOf(action, parameters)).toBeUndefined();
  });
});
