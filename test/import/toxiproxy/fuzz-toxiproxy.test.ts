import fc from 'fast-check';
import { expect, it } from 'vitest';
import { experimentSchema } from '../../../lib/experiment/experiment.ts';
import { labSchema } from '../../../lib/experiment/lab.ts';
import { untestedShop } from '../../recipes/examples.ts';
import { isLong } from '../../setup.ts';
import { imported } from '../known.ts';

const numRuns = isLong ? 10_000 : 500;

const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, {}, [], 'a:1', '__proto__'));
const or = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 8, arbitrary }, { weight: 1, arbitrary: anything });

const toxic = fc.record(
  {
    name: or(fc.string()),
    type: or(fc.constantFrom('latency', 'timeout', 'down', 'packet_loss', 'slicer', 'bandwidth', 'noop')),
    stream: or(fc.constantFrom('upstream', 'downstream')),
    toxicity: or(fc.double({ min: -1, max: 2, noNaN: true })),
    attributes: or(
      fc.record(
        {
          latency: or(fc.double({ noNaN: true, noDefaultInfinity: true })),
          jitter: or(fc.nat()),
          loss: or(fc.double({ min: 0, max: 1, noNaN: true })),
        },
        { requiredKeys: [] },
      ),
    ),
    more: anything,
  },
  { requiredKeys: ['type'] },
);

const proxy = fc.record(
  {
    name: or(fc.oneof(fc.string(), fc.constantFrom('postgres_proxy', 'redis', 'app', 'shop'))),
    listen: or(fc.constantFrom('0.0.0.0:1', '[::]:25432', '')),
    upstream: or(fc.oneof(fc.string(), fc.constantFrom('postgres:5432', 'redis:6379', 'x:99999', ':80'))),
    enabled: or(fc.boolean()),
    toxics: or(fc.array(or(toxic), { maxLength: 3 })),
    more: anything,
  },
  { requiredKeys: ['upstream'] },
);

it('whatever a file of Toxiproxy holds, every field is accounted for once, and what comes out is valid', () => {
  fc.assert(
    fc.property(fc.array(or(proxy), { minLength: 1, maxLength: 4 }), (document) => {
      const written: unknown = JSON.parse(JSON.stringify(document));
      const result = imported(
        JSON.stringify(written),
        { project: untestedShop, format: 'toxiproxy' },
        'proxies.json',
      );
      const places = result.fields.map(({ path }) => JSON.stringify(path));
      expect(new Set(places).size).toBe(places.length);
      expect(places).toHaveLength(leavesIn(written));
      expect(result.refusals.map(({ code }) => code)).not.toContain('unfit');
      expect(result.definitions.length > 0).toBe(result.refusals.length === 0);
      for (const { kind, definition, text } of result.definitions) {
        expect((kind === 'lab' ? labSchema : experimentSchema).safeParse(definition).success).toBe(true);
        expect(imported(text).definitions.map((one) => one.text)).toEqual([text]);
      }
    }),
    { numRuns },
  );
});

function leavesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  const inner: unknown[] = Object.values(value);
  return inner.length === 0 ? 1 : inner.reduce<number>((sum, one) => sum + leavesIn(one), 0);
}
