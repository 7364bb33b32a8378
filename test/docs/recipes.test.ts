import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { settledSchema } from '../../lib/experiment/experiment.ts';
import { blocksOf } from './markdown.ts';

const recipes = blocksOf('docs/how-to/recipes.md')
  .filter(({ language }) => language === 'yaml')
  .map(({ text }): unknown => parse(text));

describe('the recipes', () => {
  it('show steady states that the schema takes', () => {
    expect(recipes.length).toBeGreaterThan(1);
    const part = z.object({ steadyState: settledSchema.shape.steadyState });
    for (const recipe of recipes) expect(part.parse(recipe)).toHaveProperty('steadyState');
  });
});
