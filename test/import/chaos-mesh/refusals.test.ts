import { describe, expect, it } from 'vitest';
import { imported, manifest, refusedOf } from './examples.ts';

const database = { selector: { labelSelectors: { app: 'database' } }, mode: 'all' };

describe('a manifest is refused', () => {
  it.each<[string, string, object, string]>([
    [
      'that names another cluster',
      'PodChaos',
      { action: 'pod-kill', remoteCluster: 'x' },
      'other-cluster spec.remoteCluster',
    ],
    ['without an action', 'PodChaos', {}, 'unknown-action spec.action'],
    ['with an action of another kind', 'PodChaos', { action: 'delay' }, 'unknown-action spec.action'],
    ['with an action that is no text', 'PodChaos', { action: ['pod-kill'] }, 'unknown-action spec.action'],
    ['that lacks what it needs', 'NetworkChaos', { action: 'delay' }, 'incomplete spec'],
    ['that stresses nothing', 'StressChaos', { stressors: {} }, 'incomplete spec'],
    ['in a mode that is none', 'PodChaos', { action: 'pod-kill', mode: 'some' }, 'unknown-mode spec.mode'],
    [
      'of a number of pods that it does not say',
      'PodChaos',
      { action: 'pod-kill', mode: 'fixed' },
      'no-value spec.value',
    ],
    [
      'of no pods',
      'PodChaos',
      { action: 'pod-kill', mode: 'fixed-percent', value: '0' },
      'no-value spec.value',
    ],
    [
      'of more than all pods',
      'PodChaos',
      { action: 'pod-kill', mode: 'random-max-percent', value: '101' },
      'no-value spec.value',
    ],
    ['that lasts no time', 'PodChaos', { action: 'pod-kill', duration: '0s' }, 'no-duration spec.duration'],
    [
      'that lasts nobody knows how long',
      'PodChaos',
      { action: 'pod-kill', duration: 'long' },
      'no-duration spec.duration',
    ],
    [
      'that selects everything',
      'PodChaos',
      { action: 'pod-kill', selector: {} },
      'selects-everything spec.selector',
    ],
    [
      'that selects a whole namespace',
      'PodChaos',
      { action: 'pod-kill', selector: { namespaces: ['shop-staging'] } },
      'selects-everything spec.selector',
    ],
    [
      'whose other end is everything',
      'NetworkChaos',
      { action: 'loss', loss: { loss: '1' }, target: { selector: {}, mode: 'all' } },
      'selects-everything spec.target.selector',
    ],
    [
      'whose other end is hit as well and not declared',
      'NetworkChaos',
      { action: 'loss', loss: { loss: '1' }, direction: 'from', target: database },
      'not-declared spec.target.selector',
    ],
    [
      'whose other end is in another namespace',
      'NetworkChaos',
      {
        action: 'loss',
        loss: { loss: '1' },
        target: {
          mode: 'all',
          selector: { namespaces: ['production'], labelSelectors: { app: 'database' } },
        },
      },
      'foreign-namespace spec.target.selector.namespaces.0',
    ],
    [
      'that hides names in a way that is no more',
      'DNSChaos',
      { action: 'error', scope: 'outer' },
      'no-scope spec.scope',
    ],
    [
      'that FIS cannot take for its length',
      'DNSChaos',
      { action: 'error', patterns: ['x'.repeat(1_100)] },
      'not-planned spec',
    ],
    [
      'that starts more often than once a minute',
      'PodChaos',
      { action: 'pod-kill', scheduler: { cron: '@every 5s' } },
      'no-schedule spec.scheduler.cron',
    ],
  ])('%s', (_, kind, spec, refusal) => {
    expect(refusedOf(manifest(kind, spec))).toEqual([refusal]);
  });

  it.each([
    ['in a mode that is none', { mode: 'some' }, 'unknown-mode spec.target.mode'],
    ['of a number that it does not say', { mode: 'fixed' }, 'no-value spec.target.value'],
  ])('whose other end is meant %s', (_, target, refusal) => {
    const spec = { action: 'partition', target: { ...database, ...target } };
    expect(refusedOf(manifest('NetworkChaos', spec))).toEqual([refusal]);
  });

  it('that selects the pods of a deployment only by a node', () => {
    const text = manifest('PodChaos', { action: 'pod-kill', selector: { nodes: ['node-1'] } });
    expect(refusedOf(text, { map: { it: 'search' } })).toEqual(['not-declared spec.selector']);
    expect(refusedOf(text, { map: { it: 'product-service' } })).toEqual([]);
  });

  it('that could not be written as a definition', () => {
    const text = manifest('PodChaos', { action: 'pod-kill' });
    expect(refusedOf(text, { lab: 'No Such Lab' })).toEqual(['cannot-be-written spec']);
  });

  it('names what is left open rather than refusing it', () => {
    const { decisions, definitions } = imported(
      manifest('PodChaos', { action: 'pod-kill', mode: undefined, duration: undefined }),
    );
    expect(definitions[0]?.definition).toMatchObject({ stages: [{ share: 'one', duration: '5m' }] });
    expect(decisions.map(({ path }) => path.join('.'))).toEqual(
      expect.arrayContaining(['stages.0.duration', 'stages.0.share']),
    );
    const inManifest = imported(manifest('PodChaos', { action: 'pod-failure', mode: undefined }));
    expect(inManifest.decisions.map(({ path }) => path.join('.'))).toContain(
      'faults.fail.parameters.spec.mode',
    );
  });
});
