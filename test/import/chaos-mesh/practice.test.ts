import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../../lib/plan/problems.ts';
import { environmentTarget, toldOf } from '../../plan/examples.ts';
import { definitionOf, fieldsOf, imported, staging } from './examples.ts';
import { packetLoss, podFailure } from './practice.ts';
import { definitionsOf, readOf } from './told.ts';

const target = environmentTarget(staging);
const leaves = { podFailure: 11, packetLoss: 12 };

describe('failing pods, every hour, in the wrong namespace', () => {
  it('are refused, with the line, and with how --fix would mend them', () => {
    const { refusals, definitions, fields } = imported(podFailure);
    expect(definitions).toEqual([]);
    expect(refusals).toMatchObject([
      { code: 'foreign-namespace', line: 13, fixable: true, hint: "write 'shop-staging'" },
    ]);
    expect(fields).toHaveLength(leaves.podFailure);
    expect(fields.map(({ outcome }) => outcome)).toEqual(fields.map(() => 'refused'));
    expect(fields.some(({ unknown }) => unknown === true)).toBe(false);
  });

  it('are mended by --fix, and the difference shows it', () => {
    const { refusals, mended, definitions } = imported(podFailure, { fix: true });
    expect(refusals).toEqual([]);
    expect(mended).toEqual({
      before: podFailure,
      after: podFailure.replace('- production', '- shop-staging'),
      why: [
        "the service 'product-service' is in the namespace 'shop-staging' of environment 'staging', and in no other",
      ],
    });
    const [definition] = definitionsOf({ ...imported(podFailure, { fix: true }), definitions });
    expect(definition).toMatchObject({
      id: 'product-service-pod-failure',
      faults: {
        fail: {
          action: 'aws:eks:inject-kubernetes-custom-resource',
          selector: { service: 'product-service' },
          parameters: {
            apiVersion: 'chaos-mesh.org/v1alpha1',
            kind: 'PodChaos',
            spec: {
              action: 'pod-failure',
              mode: 'fixed-percent',
              value: '50',
              selector: { namespaces: ['shop-staging'], labelSelectors: { app: 'product-service' } },
              duration: '5m',
            },
          },
        },
      },
      stages: [{ share: '100%', duration: '5m' }],
      environments: { staging: { schedule: 'rate(1 hour)' } },
    });
  });

  it('come out as something that the environment takes', () => {
    const read = readOf(definitionOf(podFailure, { fix: true }));
    expect(toldOf(problemsOf(read, target))).toEqual([]);
  });

  it('are taken as they are by the environment that has the namespace, once somebody names it', () => {
    const definition = definitionOf(podFailure, { environment: 'production' });
    expect(definition).toMatchObject({
      faults: { fail: { parameters: { spec: { selector: { namespaces: ['production'] } } } } },
      environments: { production: { schedule: 'rate(1 hour)' } },
    });
  });
});

describe('lost packets on the way to the payment gateway', () => {
  it("are FIS's own", () => {
    expect(definitionOf(packetLoss, { map: { 'checkout-service': 'checkout-service' } })).toMatchObject({
      id: 'checkout-service-packet-loss',
      title: 'checkout-service bears lost packets',
      owner: 'my-team',
      faults: {
        loss: {
          action: 'aws:eks:pod-network-packet-loss',
          selector: { service: 'checkout-service' },
          parameters: { loss: '25%', to: ['payment-gateway'] },
        },
      },
      stages: [{ share: '100%', duration: '2m' }],
      guards: ['ownErrors'],
      environments: { staging: {} },
    });
  });

  it('are accounted for field by field', () => {
    const fields = fieldsOf(packetLoss);
    expect(Object.keys(fields)).toHaveLength(leaves.packetLoss);
    expect(fields['spec.loss.loss']).toMatchObject({
      outcome: 'mapped',
      line: 12,
      to: 'checkout-service-packet-loss: faults.loss.parameters.loss',
    });
    expect(fields['spec.loss.correlation']).toMatchObject({ outcome: 'approximated' });
    expect(fields['spec.target.selector.labelSelectors.app']).toMatchObject({ outcome: 'mapped' });
  });

  it('ask for what the source does not say', () => {
    const { decisions, notes } = imported(packetLoss);
    expect(decisions.map(({ path }) => path.join('.'))).toEqual([
      'environments.staging',
      'owner',
      'hypothesis',
      'steadyState',
      'guards',
      'recovery.objective',
    ]);
    expect(notes).toEqual([
      "checkout-service-packet-loss: the source names no namespace: the pods are those in 'shop-staging', as 'staging' declares",
    ]);
  });
});

describe('both in one file', () => {
  const both = `${podFailure}---\n${packetLoss}`;

  it('come out as two definitions once the namespace is mended', () => {
    const result = imported(both, { fix: true });
    expect(result.refusals).toEqual([]);
    expect(result.definitions.map(({ definition }) => definition.id)).toEqual([
      'product-service-pod-failure',
      'checkout-service-packet-loss',
    ]);
    expect(result.fields).toHaveLength(leaves.podFailure + leaves.packetLoss);
    expect(result.fields.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
  });

  it('come out as none while one is refused, with the account of all fields', () => {
    const result = imported(both);
    expect(result.definitions).toEqual([]);
    expect(result.fields).toHaveLength(leaves.podFailure + leaves.packetLoss);
    expect(
      result.fields.find(({ document, path }) => document === 1 && path.join('.') === 'spec.loss.loss'),
    ).toMatchObject({
      outcome: 'mapped',
    });
  });

  it('change no more when what came out is imported again', () => {
    for (const { text } of imported(both, { fix: true }).definitions) {
      const again = imported(text);
      expect(again.format).toBe('steadfast');
      expect(again.definitions.map((one) => one.text)).toEqual([text]);
    }
  });
});
