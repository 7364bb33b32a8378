import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fenceRules } from '../../../lib/cdk/fence/rules.ts';
import { SteadfastFence } from '../../../lib/cdk/fence/steadfast-fence.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/explanation/fences.md'), 'utf8');
const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (.+?) +\|$/gm)].map(([, id, asks]) => ({ id, asks }));
const byId = (one: { readonly id?: string | undefined }, other: { readonly id?: string | undefined }) =>
  String(one.id).localeCompare(String(other.id));

describe('the rules of the fence', () => {
  it('stand in the documentation, each with what it asks, and no others', () => {
    expect(rows.toSorted(byId)).toEqual(fenceRules.map(({ id, asks }) => ({ id, asks })).toSorted(byId));
  });

  it('have different names, which CDK is told', () => {
    const ids = fenceRules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new SteadfastFence({ tag: { key: 'Env', value: 'staging' } }).ruleIds).toEqual(ids);
  });
});
