import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';

const root = join(import.meta.dirname, '..', '..');
const text = (file: string) => readFileSync(join(root, file), 'utf8');

const told = z.looseObject({ description: z.string() });
const actionSchema = z.looseObject({
  inputs: z.record(z.string(), z.looseObject({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), told.extend({ value: z.string() })),
  runs: z.looseObject({
    using: z.literal('composite'),
    steps: z.array(
      z.looseObject({
        run: z.string().optional(),
        uses: z.string().optional(),
        env: z.record(z.string(), z.string()).optional(),
      }),
    ),
  }),
});
const action = actionSchema.parse(parse(text('action.yml')));
const { steps } = action.runs;

describe('action.yml', () => {
  it.each(Object.keys(action.inputs))('uses its input %s, and the guide tells of it', (name) => {
    expect(JSON.stringify(steps)).toContain(`inputs.${name}`);
    expect(text('docs/how-to/run-in-a-pipeline.md')).toContain(`- \`${name}\``);
  });

  it.each(Object.keys(action.outputs))(
    'has its output %s from the script, and the guide tells of it',
    (name) => {
      expect(action.outputs[name]?.value).toBe(`\${{ steps.steadfast.outputs.${name} }}`);
      expect(text('action/main.ts')).toMatch(new RegExp(`\\b'?${name}'?[:,]`));
      expect(text('docs/how-to/run-in-a-pipeline.md')).toContain(`- \`${name}\``);
    },
  );

  it('puts no input into the text of a script', () => {
    expect(steps.flatMap(({ run }) => run ?? []).filter((run) => run.includes('${{'))).toEqual([]);
  });

  it('hands the script just the inputs that it reads', () => {
    const given = steps.flatMap(({ env }) => Object.entries(env ?? {}));
    const read = [...text('action/inputs.ts').matchAll(/input\('([A-Z_]+)'\)/g)].map(([, name = '']) => name);
    expect(given.map(([name]) => name).toSorted()).toEqual(
      read.map((name) => `STEADFAST_INPUT_${name}`).toSorted(),
    );
    for (const [name, value] of given) {
      const input = name.replace('STEADFAST_INPUT_', '').toLowerCase().replaceAll('_', '-');
      expect(value).toBe(`\${{ inputs.${input} }}`);
    }
  });

  it('pins other actions by their major version', () => {
    for (const { uses } of steps) expect(uses ?? 'a/b@v1').toMatch(/^[\w-]+\/[\w-]+@v\d+$/);
  });
});
