import { describe, expect, it } from 'vitest';
import { containing } from '../../fakes/matching.ts';
import { definitionOf, fieldsOf, imported, manifest } from './examples.ts';

/** The one fault of what comes of a manifest. */
const faultIn = (kind: string, spec: object): unknown =>
  Object.values(definitionOf(manifest(kind, spec)).faults)[0];

const checkout = {
  selector: { namespaces: ['shop-staging'], labelSelectors: { app: 'checkout-service', tier: 'web' } },
};
const database = { selector: { labelSelectors: { app: 'database' } }, mode: 'all' };

describe('what FIS does by itself', () => {
  it.each<[string, string, object, object]>([
    [
      'pods deleted at once',
      'PodChaos',
      { action: 'pod-kill' },
      { action: 'aws:eks:pod-delete', parameters: { grace: '0s' } },
    ],
    [
      'pods deleted with a grace',
      'PodChaos',
      { action: 'pod-kill', gracePeriod: '30' },
      { action: 'aws:eks:pod-delete', parameters: { grace: '30s' } },
    ],
    [
      'a delay of all that is sent',
      'NetworkChaos',
      { action: 'delay', delay: { latency: '1.5s' } },
      { action: 'aws:eks:pod-network-latency', parameters: { delay: '1500ms', jitter: '0s' } },
    ],
    [
      'a delay on the way to a service, on one device',
      'NetworkChaos',
      {
        action: 'delay',
        delay: { latency: '200ms', jitter: '20ms', correlation: '0' },
        target: database,
        device: 'eth1',
        direction: 'to',
      },
      {
        action: 'aws:eks:pod-network-latency',
        parameters: { delay: '200ms', jitter: '20ms', to: ['database'], interfaces: ['eth1'] },
      },
    ],
    [
      'netem that only delays',
      'NetworkChaos',
      { action: 'netem', delay: { latency: '200ms' } },
      { action: 'aws:eks:pod-network-latency' },
    ],
    [
      'lost packets to a host that a service is',
      'NetworkChaos',
      { action: 'loss', loss: { loss: '25.0' }, externalTargets: ['database.example.com'] },
      { action: 'aws:eks:pod-network-packet-loss', parameters: { loss: '25%', to: ['database'] } },
    ],
    [
      'a service cut off',
      'NetworkChaos',
      { action: 'partition', target: database, externalTargets: ['payments.example.com'] },
      {
        action: 'aws:eks:pod-network-packet-loss',
        parameters: { loss: '100%', to: ['database', 'payment-gateway'] },
      },
    ],
    [
      'a loaded CPU',
      'StressChaos',
      { stressors: { cpu: { workers: 2 } } },
      { action: 'aws:eks:pod-cpu-stress', parameters: { load: '100%', workers: 2 } },
    ],
    [
      'a filled memory',
      'StressChaos',
      { stressors: { memory: { workers: 1, size: '70%' } } },
      { action: 'aws:eks:pod-memory-stress', parameters: { memory: '70%', workers: 1 } },
    ],
    [
      'a loaded CPU of the declared container',
      'StressChaos',
      { ...checkout, stressors: { cpu: { workers: 1, load: 40 } }, containerNames: ['checkout'] },
      { action: 'aws:eks:pod-cpu-stress', selector: { service: 'checkout-service' } },
    ],
  ])('is taken for %s', (_, kind, spec, fault) => {
    expect(faultIn(kind, spec)).toMatchObject(fault);
  });

  it('says what is not quite the same', () => {
    const fields = {
      ...fieldsOf(manifest('NetworkChaos', { action: 'partition', target: database })),
      ...fieldsOf(manifest('StressChaos', { stressors: { memory: { workers: 1, size: '70%' } } })),
    };
    expect(fields['spec.action']).toMatchObject({
      outcome: 'approximated',
      why: containing('no partition'),
    });
    expect(fields['spec.stressors.memory.size']).toMatchObject({ outcome: 'approximated' });
  });

  it('says what neither uses', () => {
    const fields = fieldsOf(manifest('PodChaos', { action: 'pod-kill', containerNames: ['main'] }));
    expect(fields['spec.containerNames.0']).toMatchObject({
      outcome: 'refused',
      why: 'Chaos Mesh does not use it for pod-kill, nor does aws:eks:pod-delete',
    });
    expect(fields['spec.duration']).toMatchObject({
      outcome: 'approximated',
      why: containing('over at once'),
    });
  });
});

describe('a manifest that FIS hands to Chaos Mesh', () => {
  it.each<[string, string, object]>([
    ['keeps pods failing', 'PodChaos', { action: 'pod-failure' }],
    ['kills one container', 'PodChaos', { action: 'container-kill', containerNames: ['main'] }],
    ['has a grace longer than 12 hours', 'PodChaos', { action: 'pod-kill', gracePeriod: 50_000 }],
    [
      'reorders packets',
      'NetworkChaos',
      { action: 'delay', delay: { latency: '1s', reorder: { reorder: '1', gap: 5 } } },
    ],
    ['receives late', 'NetworkChaos', { action: 'delay', delay: { latency: '1s' }, direction: 'both' }],
    ['delays by parts of a millisecond', 'NetworkChaos', { action: 'delay', delay: { latency: '1500us' } }],
    ['doubles packets', 'NetworkChaos', { action: 'duplicate', duplicate: { duplicate: '40' } }],
    ['damages packets', 'NetworkChaos', { action: 'corrupt', corrupt: { corrupt: '40' } }],
    [
      'narrows the network',
      'NetworkChaos',
      { action: 'bandwidth', bandwidth: { rate: '1mbps', limit: 9, buffer: 9 } },
    ],
    ['loses and delays', 'NetworkChaos', { action: 'netem', delay: { latency: '1s' }, loss: { loss: '1' } }],
    ['loses parts of a percent', 'NetworkChaos', { action: 'loss', loss: { loss: '0.5' } }],
    ['cuts off from everything', 'NetworkChaos', { action: 'partition' }],
    [
      'names a device at the other end',
      'NetworkChaos',
      { action: 'loss', loss: { loss: '1' }, targetDevice: 'eth0' },
    ],
    ['names a device that is none', 'NetworkChaos', { action: 'loss', loss: { loss: '1' }, device: 'eth 0' }],
    [
      'names a host that is no service',
      'NetworkChaos',
      { action: 'loss', loss: { loss: '1' }, externalTargets: ['10.0.0.1'] },
    ],
    [
      'hits the way to some pods only',
      'NetworkChaos',
      { action: 'loss', loss: { loss: '1' }, target: { ...database, mode: 'one' } },
    ],
    [
      'hits the way to a service without a host',
      'NetworkChaos',
      {
        action: 'loss',
        loss: { loss: '1' },
        target: {
          mode: 'all',
          selector: { namespaces: ['search-staging'], labelSelectors: { app: 'search' } },
        },
      },
    ],
    [
      'hits the way to no service',
      'NetworkChaos',
      {
        action: 'loss',
        loss: { loss: '1' },
        target: { mode: 'all', selector: { labelSelectors: { app: 'moon' } } },
      },
    ],
    [
      'takes CPU and memory',
      'StressChaos',
      { stressors: { cpu: { workers: 1 }, memory: { workers: 1, size: '5%' } } },
    ],
    ['has options of stress-ng', 'StressChaos', { stressors: { cpu: { workers: 1, options: ['--x'] } } }],
    ['has no workers', 'StressChaos', { stressors: { cpu: { load: 5 } } }],
    ['has a load that is none', 'StressChaos', { stressors: { cpu: { workers: 1, load: 105 } } }],
    ['takes bytes of memory', 'StressChaos', { stressors: { memory: { workers: 1, size: '256MB' } } }],
    [
      'has several workers for the memory',
      'StressChaos',
      { stressors: { memory: { workers: 2, size: '5%' } } },
    ],
    [
      'scores for the memory',
      'StressChaos',
      { stressors: { memory: { workers: 1, size: '5%', oomScoreAdj: -9 } } },
    ],
    ['speaks stress-ng', 'StressChaos', { stressngStressors: '--clone 2' }],
    ['names containers', 'StressChaos', { stressors: { cpu: { workers: 1 } }, containerNames: ['main'] }],
    ['slows files', 'IOChaos', { action: 'latency', delay: '1s', volumePath: '/data' }],
    ['disturbs HTTP', 'HTTPChaos', { target: 'Request', port: 80, abort: true }],
    ['hides names', 'DNSChaos', { action: 'error', patterns: ['a.*'] }],
    ['moves the clock', 'TimeChaos', { timeOffset: '-10m' }],
  ])('is taken where it %s', (_, kind, spec) => {
    expect(faultIn(kind, spec)).toMatchObject({
      action: 'aws:eks:inject-kubernetes-custom-resource',
      selector: { service: 'product-service' },
      parameters: {
        kind,
        spec: { selector: { namespaces: ['shop-staging'], labelSelectors: { app: 'product-service' } } },
      },
    });
    const { notes, decisions } = imported(manifest(kind, spec));
    expect(notes[0]).toMatch(
      /^it: FIS hands the manifest to Chaos Mesh, which the cluster must have: .+; it cannot be rehearsed/,
    );
    expect(decisions.map(({ question }) => question)).toContainEqual(
      containing('which metric moves when it bites?'),
    );
  });
});
