import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { ImportResult } from '../../../lib/import/import-source.ts';
import { imported } from './examples.ts';
import { publishedResources, publishedSpecs, resource } from './published.ts';

const unknownIn = ({ fields }: ImportResult): string[] =>
  fields.filter(({ unknown }) => unknown === true).map(({ path }) => path.join('.'));

/** Fields that are said to have gone somewhere, and what is said where they did not. */
const saidOf = ({ fields }: ImportResult) =>
  fields.filter(({ outcome, to, why }) => (outcome === 'mapped' ? to === undefined : why === undefined));

/** Without what keeps anything from coming out. */
function takeable(spec: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { remoteCluster: _, ...rest } = spec;
  return {
    ...rest,
    selector: { namespaces: ['shop-staging'], labelSelectors: { app: 'product-service' } },
    ...('externalTargets' in spec ? { direction: 'to', targetDevice: undefined } : {}),
  };
}

describe.each(Object.entries(publishedResources))(
  '%s with every field of the published schema',
  (_, whole) => {
    it.each([{ fix: false }, { fix: true, environment: 'production' }])(
      'is accounted for with %o',
      (options) => {
        const result = imported(stringify({ ...Object(whole), extra: { deep: [1] } }), options);
        expect(unknownIn(result)).toEqual(['extra.deep.0']);
        expect(saidOf(result)).toEqual([]);
      },
    );
  },
);

describe.each(Object.entries(publishedSpecs))('%s with every field that can be taken over', (kind, spec) => {
  it.each(['chaos-mesh.org/v1alpha1', 'pingcap.com/v1alpha1'])(
    'is accounted for when something comes of it, of %s',
    (api) => {
      const result = imported(stringify(resource(kind, takeable(spec), api)));
      expect(unknownIn(result)).toEqual([]);
      expect(saidOf(result)).toEqual([]);
      expect(result.refusals.filter(({ code }) => code !== 'not-planned')).toEqual([]);
    },
  );

  it('is accounted for in the schedule that starts it', () => {
    const key = kind.replace(/^[A-Z]+(?=[A-Z])|^[A-Z]/, (start) => start.toLowerCase());
    const scheduled = {
      schedule: '@every 2h',
      type: kind,
      [key]: { ...takeable(spec), scheduler: undefined },
    };
    const result = imported(stringify(resource('Schedule', scheduled)));
    expect(unknownIn(result)).toEqual([]);
    expect(result.refusals.filter(({ code }) => code !== 'not-planned')).toEqual([]);
  });
});

describe('other kinds', () => {
  it.each([
    ['AWSChaos', 'acts on the AWS account'],
    ['KernelChaos', 'acts on the kernel of nodes'],
    ['JVMChaos', 'acts within a Java process'],
    ['MoonChaos', 'Chaos Mesh has no such kind'],
  ])('%s is refused with its reason', (kind, why) => {
    const result = imported(stringify(resource(kind, { action: 'x', selector: {} })));
    expect(result.definitions).toEqual([]);
    expect(result.refusals).toMatchObject([{ code: 'nothing-to-import' }]);
    expect(result.fields.every((field) => field.why?.includes(why))).toBe(true);
    expect(unknownIn(result)).toEqual([]);
  });

  it('a document without a kind, and one of another tool, stand beside others without harm', () => {
    const result = imported(
      [
        stringify({ apiVersion: 'chaos-mesh.org/v1alpha1', spec: {} }),
        stringify({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 3 } }),
        stringify(resource('TimeChaos', takeable({ timeOffset: '-1h', mode: 'one', duration: '2m' }))),
      ].join('---\n'),
    );
    expect(result.definitions).toHaveLength(1);
    expect(unknownIn(result)).toEqual([]);
    expect(result.fields.map(({ document, why }) => [document, why])).toEqual(
      expect.arrayContaining([
        [0, 'it does not say its kind'],
        [1, 'it is no resource of Chaos Mesh'],
      ]),
    );
  });
});
