import { describe, expect, it } from 'vitest';
import { faultSchema, stageSchema } from '../../lib/experiment/fault.ts';
import { stageParametersOf } from '../../lib/plan/stage-template.ts';
import { environmentTarget } from './examples.ts';
import { onTagged, planWith } from './fault-examples.ts';

const stage = (share: unknown) => stageSchema.parse({ share, duration: '2m' });
const parametersOf = (action: string, share: unknown, parameters?: object) =>
  stageParametersOf(faultSchema.parse(onTagged(action, parameters)), stage(share), environmentTarget());

describe('a share of the traffic', () => {
  const tenth = { of: 'traffic', share: '10%' };

  it.each([
    ['aws:ecs:task-network-packet-loss', undefined, 'flowsPercent'],
    ['aws:lambda:invocation-error', { preventExecution: true }, 'invocationPercentage'],
    ['aws:kinesis:stream-expired-iterator-exception', undefined, 'percentage'],
    ['aws:dsql:cluster-connection-failure', undefined, 'percentage'],
  ])('is given to %s by its own parameter', (action, parameters, name) => {
    expect(parametersOf(action, tenth, parameters)[name]).toBe('10');
  });

  it('is all of it where FIS asks for one and nobody says', () => {
    const action = 'aws:kinesis:stream-expired-iterator-exception';
    expect(parametersOf(action, 'one')['percentage']).toBe('100');
    expect(parametersOf(action, 'one', { calls: '40%' })['percentage']).toBe('40');
  });

  it('is taken on every target', () => {
    const fault = { action: 'aws:ecs:task-network-packet-loss', selector: { service: 'shop' } };
    const { templates } = planWith(fault, environmentTarget(), {
      stages: [{ share: { of: 'traffic', share: '10%' }, duration: '2m' }],
    });
    expect(templates[0]?.targets['it']?.selectionMode).toBe('ALL');
    expect(templates[0]?.actions['it']?.parameters).toEqual({
      duration: 'PT2M',
      flowsPercent: '10',
      useEcsFaultInjectionEndpoints: 'true',
    });
  });
});
