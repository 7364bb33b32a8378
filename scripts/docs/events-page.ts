import { verdictEventSchema } from '../../lib/run/verdict-event-schema.ts';
import { generated, page } from './generated.ts';
import { jsonNode } from './json-node.ts';
import { schemaList } from './schema-list.ts';

/** docs/reference/events.md: what systems are told of a run. */
export function eventsPage(): string {
  const { lines } = schemaList([]);
  return page(
    generated('the schema of lib/run/verdict-event-schema.ts'),
    '',
    '# Events',
    '',
    'Each run in AWS that has concluded is an event on the default event bus of its account and Region, whatever the verdict: source `steadfast`, detail type `Verdict`. A rule for it:',
    '',
    '```json',
    '{ "source": ["steadfast"], "detail-type": ["Verdict"], "detail": { "verdict": ["deviated", "unrecovered"] } }',
    '```',
    '',
    'Its `detail` has the fields below; [its JSON Schema](../../schemas/verdict-event.schema.json) is in the package as `steadfast-chaos/schemas/verdict-event.schema.json`. Fields may be added; none of these goes or changes its meaning without a new `schemaVersion`. EventBridge delivers at least once, so tell a second delivery by `runId`.',
    '',
    '## Verdict',
    '',
    ...lines(jsonNode(verdictEventSchema, 'output')),
  );
}
