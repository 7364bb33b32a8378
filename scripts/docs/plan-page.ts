import { runPlanSchema } from '../../lib/cli/plan/run-plan-document.ts';
import { prices } from '../../lib/plan/prices.ts';
import { generated, page } from './generated.ts';
import { jsonNode } from './json-node.ts';
import { schemaList } from './schema-list.ts';

/** docs/reference/plan.md: what is known of a run before it starts, and the prices that it is reckoned with. */
export function planPage(): string {
  const { lines } = schemaList([]);
  const listed = Object.entries(prices).map(
    ([name, { usd, per, unit, source, asOf }]) =>
      `- \`${name}\`: ${usd} USD for ${per} × ${unit}, [compared on ${asOf}](${source}).`,
  );
  return page(
    generated('the schema of lib/cli/plan/run-plan-document.ts and the prices of lib/plan/prices.ts'),
    '',
    '# The plan of a run',
    '',
    'What `steadfast plan --json` prints; [its JSON Schema](../../schemas/run-plan.schema.json) is in the package as `steadfast-chaos/schemas/run-plan.schema.json`. Fields may be added; none of these goes or changes its meaning without a new `schemaVersion`. [Plan a run](../how-to/plan-a-run.md) tells how to read it.',
    '',
    '## Fields',
    '',
    ...lines(jsonNode(runPlanSchema, 'output')),
    '',
    '## Prices',
    '',
    'In USD, of us-east-1, on demand, without free tier and discounts. A file that `--prices` names replaces some of them by their name.',
    '',
    ...listed,
  );
}
