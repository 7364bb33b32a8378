import { describe, expect, it } from 'vitest';
import { imported, refusedOf } from './examples.ts';

const yaml = (selector: string, namespace = '') => `apiVersion: chaos-mesh.org/v1alpha1
kind: PodChaos # of the shop
metadata:
  name: it
${namespace}spec:
  action: pod-kill
  mode: one
  duration: 5m
  selector:
${selector}
`;

const fixed = (text: string) => imported(text, { fix: true });

const lines = (text: string) => text.split('\n');

/** The lines of the source that changed, and what they became. */
function changed(text: string): [gone: string[], come: string[]] {
  const { mended } = fixed(text);
  if (mended === undefined) throw new Error('nothing was mended');
  expect(mended.before).toBe(text);
  const [before, after] = [lines(mended.before), lines(mended.after)];
  return [before.filter((line) => !after.includes(line)), after.filter((line) => !before.includes(line))];
}

describe('mending a namespace', () => {
  it.each<[string, string, [string[], string[]]]>([
    [
      'one in a list of lines',
      '    namespaces:\n      - production # no!\n    labelSelectors: { app: product-service }',
      [['      - production # no!'], ['      - shop-staging # no!']],
    ],
    [
      'one in quotes',
      '    namespaces: ["production"]\n    labelSelectors: { app: product-service }',
      [['    namespaces: ["production"]'], ['    namespaces: ["shop-staging"]']],
    ],
    [
      'several in one line',
      '    namespaces: [production, other]\n    labelSelectors: { app: product-service }',
      [['    namespaces: [production, other]'], ['    namespaces: [shop-staging]']],
    ],
    [
      'several in quotes',
      '    namespaces: ["production", "other"]\n    labelSelectors: { app: product-service }',
      [['    namespaces: ["production", "other"]'], ['    namespaces: ["shop-staging"]']],
    ],
    [
      'several in lines',
      '    namespaces:\n      - production\n      - other\n    labelSelectors: { app: product-service }',
      [['      - production', '      - other'], ['      - shop-staging']],
    ],
  ])('changes %s, and nothing else', (_, selector, expected) => {
    expect(changed(yaml(selector))).toEqual(expected);
  });

  it('names it where the resource lies in another', () => {
    const text = yaml('    labelSelectors: { app: product-service }', '  namespace: chaos-testing\n');
    expect(changed(text)).toEqual([[], ['    namespaces: [shop-staging]']]);
    const flow = text.replace(
      '  selector:\n    labelSelectors: { app: product-service }',
      '  selector: { labelSelectors: { app: product-service } }',
    );
    expect(changed(flow)[1]).toEqual([
      '  selector: { namespaces: [shop-staging], labelSelectors: { app: product-service } }',
    ]);
  });

  it('keeps JSON what it is', () => {
    const json = JSON.stringify({
      apiVersion: 'chaos-mesh.org/v1alpha1',
      kind: 'PodChaos',
      metadata: { name: 'it', namespace: 'chaos-testing' },
      spec: {
        action: 'pod-kill',
        mode: 'one',
        duration: '5m',
        selector: { labelSelectors: { app: 'product-service' } },
      },
    });
    const { mended } = fixed(json);
    expect(JSON.parse(mended?.after ?? '')).toMatchObject({
      spec: { selector: { namespaces: ['shop-staging'], labelSelectors: { app: 'product-service' } } },
    });
  });

  it('finds its document among several, empty ones too', () => {
    const foreign = yaml('    namespaces: [production]\n    labelSelectors: { app: product-service }');
    const right = foreign.replace('[production]', '[shop-staging]').replace('name: it', 'name: other');
    const text = `---\n---\n${right}---\n${foreign}`;
    expect(fixed(text).mended?.after).toBe(
      `---\n---\n${right}---\n${foreign.replace('production', 'shop-staging')}`,
    );
  });

  it('mends the other end of a network fault as well', () => {
    const text = `apiVersion: chaos-mesh.org/v1alpha1
kind: NetworkChaos
metadata: { name: it }
spec:
  action: loss
  loss: { loss: "5" }
  mode: all
  duration: 5m
  selector: { namespaces: [production], labelSelectors: { app: product-service } }
  target:
    mode: all
    selector: { namespaces: [search-production], labelSelectors: { app: search } }
`;
    const { mended, definitions } = fixed(text);
    expect(mended?.after).toBe(
      text.replace('[production]', '[shop-staging]').replace('[search-production]', '[search-staging]'),
    );
    expect(mended?.why).toHaveLength(2);
    expect(definitions[0]?.definition).toMatchObject({
      faults: {
        loss: { parameters: { spec: { target: { selector: { namespaces: ['search-staging'] } } } } },
      },
    });
  });

  it('follows an alias to where it is used', () => {
    const text = `x: &ns [production]\n${yaml('    namespaces: *ns\n    labelSelectors: { app: product-service }')}`;
    expect(fixed(text).mended?.after).toBe(text.replace('*ns', '[shop-staging]'));
  });

  it('makes something that is right from then on', () => {
    const text = yaml('    namespaces: [production]\n    labelSelectors: { app: product-service }');
    const { mended, definitions } = fixed(text);
    expect(refusedOf(mended?.after ?? '')).toEqual([]);
    expect(imported(mended?.after ?? '').definitions).toEqual(definitions);
  });

  it('shows nothing where something else is refused', () => {
    const text = yaml('    namespaces: [production]\n    labelSelectors: { app: product-service }').replace(
      'pod-kill',
      'pod-tickle',
    );
    expect(fixed(text).mended).toBeUndefined();
  });
});
