import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { experimentSchema } from '../../../lib/experiment/experiment.ts';
import type { ImportResult } from '../../../lib/import/import-source.ts';
import { readSource } from '../../../lib/import/source/read-source.ts';
import { problemsOf } from '../../../lib/plan/problems.ts';
import { environmentTarget } from '../../plan/examples.ts';
import { isLong } from '../../setup.ts';
import { manifests } from './documents.ts';
import { imported, project, staging } from './examples.ts';
import { definitionsOf } from './told.ts';

const numRuns = isLong ? 10_000 : 500;
const target = environmentTarget(staging);
const options = fc.record({
  fix: fc.boolean(),
  environment: fc.constantFrom('staging', 'staging', undefined),
});

/** The paths of all fields of a document: scalars, and what has nothing in it. */
function leavesOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, `${path}/${key}`));
}

function expectAccount(text: string, { fields }: ImportResult): void {
  const read = readSource('chaos.yaml', new TextEncoder().encode(text));
  if (!('source' in read)) throw new Error('it is no YAML');
  const leaves = read.source.documents.flatMap(({ index, value }) => leavesOf(value, String(index)));
  expect(fields.map(({ document, path }) => [document, ...path].join('/'))).toEqual(leaves);
}

const faultShape = z.looseObject({
  selector: z.object({ service: z.enum(['product-service', 'checkout-service', 'search', 'reports']) }),
  parameters: z
    .looseObject({
      spec: z
        .looseObject({
          selector: z.looseObject({
            labelSelectors: z.record(z.string(), z.string()).optional(),
            expressionSelectors: z
              .array(
                z.looseObject({
                  key: z.string(),
                  operator: z.string(),
                  values: z.array(z.string()).optional(),
                }),
              )
              .optional(),
          }),
        })
        .optional(),
    })
    .optional(),
});

/** The labels that what a fault hits has: those of its manifest, else those that are declared, which FIS goes by. */
function labelsOf(fault: unknown): Record<string, unknown> {
  const { parameters } = faultShape.parse(fault);
  if (parameters?.spec === undefined) return declaredFor(fault);
  const { labelSelectors = {}, expressionSelectors = [] } = parameters.spec.selector;
  const single = expressionSelectors.flatMap(({ key, operator, values = [] }): [string, unknown][] =>
    operator === 'In' && values.length === 1 ? [[key, values[0]]] : [],
  );
  return { ...labelSelectors, ...Object.fromEntries(single) };
}

function declaredFor(fault: unknown): Record<string, string> {
  const { service } = faultShape.parse(fault).selector;
  const { pods } = staging.services[service].eks;
  if (!('label' in pods)) return {};
  return Object.fromEntries(
    pods.label
      .split(',')
      .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

/** Whatever came out hits what the environment declares, and nothing else. */
function expectSafe(result: ImportResult): void {
  for (const definition of definitionsOf(result)) {
    const problems = problemsOf(experimentSchema.parse(definition), target);
    const ofFaults = problems.filter(({ path, severity }) => path[0] === 'faults' && severity !== 'note');
    expect(ofFaults).toEqual([]);
    expect(Object.keys(definition.environments ?? {})).toEqual(['staging']);
    const named = JSON.stringify(definition.faults).matchAll(/"namespaces":\[([^\]]*)\]/g);
    for (const [, list] of named) expect(list).toMatch(/^"(shop|search)-staging"$/);
    for (const fault of Object.values(definition.faults))
      expect(labelsOf(fault)).toMatchObject(declaredFor(fault));
  }
}

it('whatever a manifest holds, every field is accounted for, and what comes out is safe and stays the same', {
  timeout: 900_000,
}, () => {
  const made = { runs: 0, definitions: 0 };
  fc.assert(
    fc.property(manifests, options, (text, { fix, environment }) => {
      const result = imported(text, {
        format: 'chaos-mesh',
        fix,
        project,
        ...(environment === undefined ? {} : { environment }),
      });
      if (result.problems.length > 0) return;
      made.runs += 1;
      made.definitions += result.definitions.length;
      expectAccount(text, result);
      expect(result.refusals.filter(({ code }) => code === 'unfit' || code === 'cannot-be-written')).toEqual(
        [],
      );
      expect(result.definitions.length > 0).toBe(result.refusals.length === 0);
      expectSafe(result);
      for (const one of result.definitions) expect(imported(one.text).definitions[0]?.text).toBe(one.text);
    }),
    // Longer than a law may otherwise take in a long run: all of them are to be tried.
    { numRuns, ...(isLong ? { interruptAfterTimeLimit: 600_000 } : {}) },
  );
  // Were most of them refused, nothing would have been tried.
  expect(made.definitions).toBeGreaterThan(made.runs / 10);
});
