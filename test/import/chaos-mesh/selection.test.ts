import { describe, expect, it } from 'vitest';
import { containing } from '../../fakes/matching.ts';
import { definitionOf, fieldsOf, imported, manifest } from './examples.ts';

describe('how many pods are hit', () => {
  it.each([
    ['one', undefined, 'one', 'mapped'],
    ['all', undefined, '100%', 'mapped'],
    ['fixed', 1, 'one', 'mapped'],
    ['fixed', '3', 'one', 'approximated'],
    ['fixed-percent', '50', '50%', 'mapped'],
    ['random-max-percent', 40, '40%', 'approximated'],
  ])('%s %s is a share of %s, %s', (mode, value, share, outcome) => {
    const text = manifest('PodChaos', { action: 'pod-kill', mode, value });
    expect(definitionOf(text).stages).toEqual([{ share, duration: '5m' }]);
    expect(fieldsOf(text)['spec.mode']).toMatchObject({ outcome });
  });

  it('is asked where a stage cannot say it', () => {
    const asked = (value: string, mode = 'fixed') =>
      imported(manifest('PodChaos', { action: 'pod-kill', mode, value })).decisions.filter(
        ({ path }) => path[0] === 'stages',
      );
    expect(asked('3')).toEqual([
      {
        definition: 'it',
        path: ['stages', 0, 'share'],
        question: 'the source hits 3 pods: which share of them is that here?',
      },
    ]);
    expect(asked('1', 'fixed-percent')).toMatchObject([
      { question: containing('at least one target only of 100') },
    ]);
  });
});

describe('how long it lasts', () => {
  it.each([
    ['20s', '1m', 'approximated'],
    ['90s', '90s', 'mapped'],
    ['90.5s', '91s', 'approximated'],
    ['13h', '12h', 'approximated'],
  ])('%s is a stage of %s', (duration, stage, outcome) => {
    const text = manifest('NetworkChaos', { action: 'loss', loss: { loss: '5' }, duration });
    expect(fieldsOf(text)['spec.duration']).toMatchObject({ outcome });
    expect(definitionOf(text).stages[0]?.duration).toBe(stage);
  });

  it('leaves the minute that FIS waits in production', () => {
    const text = manifest('PodChaos', { action: 'pod-failure', duration: '13h' }).replace(
      'shop-staging',
      'production',
    );
    expect(definitionOf(text, { environment: 'production' }).stages).toEqual([
      { share: '100%', duration: '719m' },
    ]);
  });
});
