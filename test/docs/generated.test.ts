import { describe, expect, it } from 'vitest';
import { runPlanSchema } from '../../lib/cli/plan/run-plan-document.ts';
import { schemas } from '../../lib/definitions/json-schema.ts';
import { exitCodes, rejectionSchema } from '../../lib/experiment/verdict.ts';
import { journalSchema } from '../../lib/run/journal.ts';
import { verdictEventSchema } from '../../lib/run/verdict-event-schema.ts';
import { markSchema, sampleSchema } from '../../lib/steady-state/observation.ts';
import { jsonNode } from '../../scripts/docs/json-node.ts';
import { generatedPages } from '../../scripts/docs/pages.ts';
import { undescribed } from '../../scripts/docs/schema-list.ts';
import { textOf } from './markdown.ts';

describe('the reference', () => {
  it.each(Object.entries(generatedPages))(
    '%s is what the code says now: else npm run docs',
    async (file, render) => {
      expect(textOf(file)).toBe(await render());
    },
  );

  it.each(Object.entries(schemas))('describes every key of an %s definition', (_kind, schema) => {
    expect(undescribed(jsonNode(schema, 'input'))).toEqual([]);
  });

  it('describes every field of the journal, of the samples, of events and of plans', () => {
    const read = [journalSchema, sampleSchema, markSchema, verdictEventSchema, runPlanSchema].flatMap(
      (schema) => undescribed(jsonNode(schema, 'output')),
    );
    expect(read).toEqual([]);
  });

  it.each(Object.entries(exitCodes))('tells the verdict %s with its exit code %i', (verdict, code) => {
    expect(textOf('docs/reference/verdicts-and-exit-codes.md')).toContain(
      `\`${verdict}\`, exit code ${code}.`,
    );
    expect(textOf('README.md')).toMatch(new RegExp(`^- \`${verdict}\` \\((exit code )?${code}\\)`, 'm'));
  });

  it.each(rejectionSchema.options)('tells what the rejection %s means', (rejection) => {
    expect(textOf('docs/reference/verdicts-and-exit-codes.md')).toMatch(
      new RegExp(`^- .*\`${rejection}\`.*: `, 'm'),
    );
  });
});
