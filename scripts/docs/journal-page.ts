import { journalSchema, stageSchema } from '../../lib/run/journal.ts';
import { findingSchema } from '../../lib/steady-state/finding.ts';
import { toleranceJudgementSchema } from '../../lib/steady-state/judgement.ts';
import { windowSchema } from '../../lib/steady-state/window.ts';
import { generated, page } from './generated.ts';
import { jsonNode } from './json-node.ts';
import { type Section, schemaList } from './schema-list.ts';

const section = (title: string, words: string, schema: Parameters<typeof jsonNode>[0]): Section => ({
  title,
  words,
  node: jsonNode(schema, 'output'),
});

const sections = [
  section('Finding', 'findings', findingSchema),
  section('Stage', 'stages', stageSchema),
  section('Judged tolerance', 'judged tolerances', toleranceJudgementSchema),
  section('Window', 'windows', windowSchema),
];

/** docs/reference/journal.md: every field of journal.json. */
export function journalPage(): string {
  const { lines } = schemaList(sections);
  return page(
    generated('the schema of lib/run/journal.ts'),
    '',
    '# The journal',
    '',
    "`journal.json` is a run's record: one JSON document. `npx steadfast rehearse <experiment> --json` prints it too.",
    '',
    '- A time is ISO 8601 in UTC: `2026-05-01T09:30:00.000Z`. A field whose name ends in `Ms` is in milliseconds, one called `seconds` or `objective` in seconds.',
    '- A field that is not marked as required is absent where there is nothing to say.',
    '- What the probes saw, look by look, is in the [samples](samples.md).',
    '',
    '## Run',
    '',
    ...lines(jsonNode(journalSchema, 'output')),
    ...sections.flatMap(({ title, node }) => ['', `## ${title}`, '', ...lines(node)]),
  );
}
