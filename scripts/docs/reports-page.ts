import { comparisonSchema } from '../../lib/report/compare/comparison-schema.ts';
import { monthReportSchema } from '../../lib/report/month/month-schema.ts';
import { serviceReportSchema } from '../../lib/report/service/service-schema.ts';
import { generated, page } from './generated.ts';
import { jsonNode } from './json-node.ts';
import { schemaList } from './schema-list.ts';

const documents = [
  { title: 'Two runs', words: 'compare', schema: comparisonSchema },
  { title: 'A service over time', words: 'service', schema: serviceReportSchema },
  { title: 'A month', words: 'month', schema: monthReportSchema },
] as const;

/** docs/reference/reports.md: every field of the documents that reports are drawn from. */
export function reportsPage(): string {
  const { lines } = schemaList([]);
  return page(
    generated('the schemas of lib/report'),
    '',
    '# Reports',
    '',
    'What `steadfast report` prints with `--json`. Each document has a JSON Schema in the package. Fields may be added; none of these goes or changes its meaning without a new `schemaVersion`. Of one run it is [the journal](journal.md). [Read and share reports](../how-to/read-and-share-reports.md) tells how to read them.',
    ...documents.flatMap(({ title, words, schema }) => [
      '',
      `## ${title}`,
      '',
      `\`steadfast report ${words} --json\`; [its JSON Schema](../../schemas/command/report-${words}.schema.json) is \`steadfast-chaos/schemas/command/report-${words}.schema.json\`.`,
      '',
      ...lines(jsonNode(schema, 'output')),
    ]),
  );
}
