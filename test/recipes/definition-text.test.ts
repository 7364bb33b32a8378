import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadExperiment } from '../../lib/definitions/load-definition.ts';
import { resolveLanguage } from '../../lib/definitions/resolve-language.ts';
import { definitionText } from '../../lib/recipes/definition-text.ts';
import { draftExperiment } from '../../lib/recipes/draft-experiment.ts';
import { servicesOf } from '../../lib/recipes/known-project.ts';
import { proposalsFor } from '../../lib/recipes/proposal.ts';
import { slowDatabase } from '../plan/examples.ts';
import { untestedShop } from './examples.ts';

/** The definition that a text is read as. */
async function readBack(text: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'steadfast-text-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'experiment.ts');
  writeFileSync(file, text);
  resolveLanguage();
  const result = await loadExperiment(file);
  return 'loaded' in result ? result.loaded.definition : result.broken.problems;
}

describe('the text of an experiment', () => {
  it('is read as the experiment that it was written from', async () => {
    const odd = {
      ...slowDatabase,
      title: `It's "odd"`,
      description: 'two\nlines, a back\\slash and a "quote"',
      faults: { ...slowDatabase.faults, 'with-hyphen': slowDatabase.faults.slow },
    };
    expect(await readBack(definitionText(odd))).toEqual(odd);
  });

  it('of every proposal is read as it was drafted', async () => {
    for (const service of servicesOf(untestedShop)) {
      for (const proposal of proposalsFor(service, untestedShop) ?? []) {
        const drafted = draftExperiment(proposal, untestedShop);
        expect(await readBack(definitionText(drafted))).toEqual(drafted);
      }
    }
  });

  it('keeps what fits on one line, and breaks what does not', () => {
    const lines = definitionText(slowDatabase).split('\n');
    expect(lines).toContain("  guards: ['shopErrors'],");
    expect(lines).toContain('  stages: [');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(120);
  });
});
