import { markSchema, sampleSchema } from '../../lib/steady-state/observation.ts';
import { generated, page } from './generated.ts';
import { jsonNode } from './json-node.ts';
import { schemaList } from './schema-list.ts';

/** docs/reference/samples.md: the two kinds of lines of samples.ndjson. */
export function samplesPage(): string {
  const { lines } = schemaList([]);
  return page(
    generated('the schemas of lib/steady-state/observation.ts'),
    '',
    '# Samples',
    '',
    '`samples.ndjson` holds what the probes of a run saw: one JSON object a line. A line is a sample or a mark. Times are ISO 8601 in UTC.',
    '',
    '```json',
    '{"at":"2026-05-01T09:30:00.000Z","mark":"baseline-start"}',
    '{"at":"2026-05-01T09:30:00.010Z","probe":"products","latencyMs":2.3,"status":200,"value":50}',
    '{"at":"2026-05-01T09:30:06.120Z","mark":"fault-start","stage":"one"}',
    '{"at":"2026-05-01T09:30:07.010Z","probe":"products","latencyMs":2000,"error":"no answer within 2000 ms"}',
    '{"at":"2026-05-01T09:30:12.120Z","mark":"fault-end","stage":"one","bite":true}',
    '```',
    '',
    "The journal's judgement is computed from this file. Its SHA-256 is in the journal, under `samples`.",
    '',
    '## Sample',
    '',
    ...lines(jsonNode(sampleSchema, 'output')),
    '',
    'A request counts as failed when it has an `error`, or a `status` that its probe does not expect (200 to 399 unless it says otherwise).',
    'An `error` that begins with `prober:` says nothing about the system: the sample is left out, and too many of them make the tolerance `unknown`.',
    '',
    '## Mark',
    '',
    ...lines(jsonNode(markSchema, 'output')),
    '',
    'Intervals are half-open: a sample of the very instant of a mark belongs to what begins there.',
    'Stages match by the order of their marks; the name is a label.',
  );
}
