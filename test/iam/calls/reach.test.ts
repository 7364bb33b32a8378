import { describe, expect, it } from 'vitest';
import { handlerNames } from '../../../lib/cdk/handler-bundles.ts';
import { commandsReachedBy, portsMissedBy } from './reach.ts';

describe('the walk through the code of functions', () => {
  it.each(handlerNames)('finds that %s writes down what it does', (name) => {
    expect(commandsReachedBy(name)).toContain('PutObjectCommand');
  });

  it.each(handlerNames)('finds every port that a step of %s asks among those that it has', (name) => {
    expect(portsMissedBy(name)).toEqual([]);
  });

  it('goes through ports to the adapters behind them, and no further than the methods that are asked', () => {
    expect(commandsReachedBy('observe')).toContain('StopExperimentCommand');
    expect(commandsReachedBy('observe')).not.toContain('StartExperimentCommand');
    expect(commandsReachedBy('conclude')).toContain('DeleteCommand');
    expect(commandsReachedBy('admit')).not.toContain('DeleteCommand');
  });

  it('finds what pages of an answer are asked for by', () => {
    expect(commandsReachedBy('observe')).toContain('GetMetricDataCommand');
  });

  it('finds what a client asks for itself', () => {
    expect(commandsReachedBy('admit')).toContain('AssumeRoleCommand');
  });
});
