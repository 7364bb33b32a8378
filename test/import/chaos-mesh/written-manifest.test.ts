import { describe, expect, it } from 'vitest';
import { definitionOf, fieldsOf, imported, manifest } from './examples.ts';

/** The one fault of what comes of a manifest. */
const faultIn = (kind: string, spec: object): unknown =>
  Object.values(definitionOf(manifest(kind, spec)).faults)[0];

describe('a manifest inside a definition', () => {
  it('speaks 2.x where the source speaks 1.x', () => {
    const text = manifest('IoChaos', {
      action: 'errno',
      errno: '5',
      percent: '50',
      volumePath: '/data',
      containerName: 'main',
      layer: 'fs',
      scheduler: { cron: '@every 2h' },
    }).replace('chaos-mesh.org', 'pingcap.com');
    expect(definitionOf(text).faults['fail']).toMatchObject({
      parameters: {
        apiVersion: 'chaos-mesh.org/v1alpha1',
        kind: 'IOChaos',
        spec: {
          action: 'fault',
          errno: 5,
          percent: 50,
          volumePath: '/data',
          mode: 'all',
          containerNames: ['main'],
          selector: { namespaces: ['shop-staging'], labelSelectors: { app: 'product-service' } },
          duration: '5m',
        },
      },
    });
    const fields = fieldsOf(text);
    expect(fields['spec.containerName']).toMatchObject({
      outcome: 'mapped',
      to: 'it: faults.fail.parameters.spec.containerNames',
    });
    expect(fields['spec.layer']).toMatchObject({ outcome: 'refused' });
    expect(fields['spec.scheduler.cron']).toMatchObject({
      outcome: 'mapped',
      to: 'it: environments.staging.schedule',
    });
    expect(fields['apiVersion']).toMatchObject({ outcome: 'approximated' });
  });

  it('ends by itself, no later than its stage', () => {
    const ends = (duration?: string) => {
      const { faults, stages } = definitionOf(manifest('TimeChaos', { timeOffset: '1h', duration }));
      return [stages[0]?.duration, JSON.stringify(faults).match(/"duration":"([^"]+)"/)?.[1]];
    };
    expect(ends('90s')).toEqual(['90s', '90s']);
    expect(ends('20s')).toEqual(['1m', '20s']);
    expect(ends('100.5s')).toEqual(['101s', '100500ms']);
    expect(ends('61.0001s')).toEqual(['62s', '61000.1ms']);
    expect(ends('10h')).toEqual(['10h', '10h']);
    expect(ends()).toEqual(['5m', '5m']);
  });

  it('has the declared labels of the pods at the other end, which are hit as well', () => {
    const text = manifest('NetworkChaos', {
      action: 'partition',
      direction: 'both',
      target: { mode: 'all', selector: { labelSelectors: { 'k8s-app': 'checkout-service' } } },
    });
    expect(definitionOf(text).faults['partition']).toMatchObject({
      parameters: {
        spec: { target: { selector: { labelSelectors: { app: 'checkout-service', tier: 'web' } } } },
      },
    });
    expect(fieldsOf(text)['spec.target.selector.labelSelectors.k8s-app']).toMatchObject({
      outcome: 'approximated',
      why: "the labels are those that 'staging' declares for 'checkout-service'",
    });
  });

  it('asks about pods at the other end that no labels are declared for', () => {
    const target = {
      mode: 'all',
      selector: { namespaces: ['search-staging'], labelSelectors: { app: 'search' } },
    };
    const asked = (direction: string) =>
      imported(manifest('NetworkChaos', { action: 'partition', direction, target }))
        .decisions.filter(({ path }) => path.at(-1) === 'target')
        .map(({ question }) => question);
    expect(asked('from')).toEqual([
      "'staging' declares no labels for the pods of 'search': does the target select them and nothing else?",
    ]);
    expect(asked('to')).toEqual([]);
  });

  it('names the namespace of the pods at the other end', () => {
    const fault = faultIn('NetworkChaos', {
      action: 'partition',
      direction: 'both',
      target: { selector: { namespaces: ['search-staging'], labelSelectors: { app: 'search' } } },
    });
    expect(fault).toMatchObject({
      parameters: { spec: { target: { mode: 'all', selector: { namespaces: ['search-staging'] } } } },
    });
  });
});
