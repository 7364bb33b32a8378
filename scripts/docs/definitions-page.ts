import { schemas } from '../../lib/definitions/json-schema.ts';
import { metricSchema } from '../../lib/experiment/environment-metric.ts';
import { settledSchema } from '../../lib/experiment/experiment.ts';
import { faultSchema, stageSchema } from '../../lib/experiment/fault.ts';
import { httpRequestSchema } from '../../lib/experiment/http-request.ts';
import { labServiceSchema } from '../../lib/experiment/lab-service.ts';
import { probeSchema } from '../../lib/experiment/probe.ts';
import { rollbackSchema } from '../../lib/experiment/rollback.ts';
import { tolerancesSchema } from '../../lib/experiment/tolerance.ts';
import { selectorSchema } from '../../lib/fis/selector.ts';
import { generated, page } from './generated.ts';
import { type JsonNode, jsonNode } from './json-node.ts';
import { type Section, schemaList } from './schema-list.ts';

const section = (title: string, words: string, schema: Parameters<typeof jsonNode>[0]): Section => ({
  title,
  words,
  node: jsonNode(schema, 'input'),
});

const sections = [
  section('Probe', 'a probe', probeSchema),
  section('Tolerances', 'tolerances', tolerancesSchema),
  section('Request', 'a request', httpRequestSchema),
  section('Fault', 'a fault', faultSchema),
  section('Stage', 'stages', stageSchema),
  section('Rollback', 'a rollback', rollbackSchema),
  section('Metric', 'a metric', metricSchema),
  section('Service of a lab', 'a service', labServiceSchema),
];

/** The catalogue has a page of its own: here stands what all faults have in common. */
const faultLines = (lines: (node: JsonNode) => string[]): string[] => [
  '- `action` (the id of an FIS action, required). One of [faults](faults.md).',
  '- `selector` (a map, required). The targets it may hit; an action that hits no resource of its own takes none.',
  ...lines(jsonNode(selectorSchema, 'input')).map((line) => `  ${line}`),
  '- `parameters` (a map). How the action is carried out: [faults](faults.md) tells the parameters of each.',
];

/** docs/reference/definitions.md: every key of the four kinds of definitions. */
export function definitionsPage(): string {
  const { lines } = schemaList(sections);
  return page(
    generated('the schemas of lib/experiment'),
    '',
    '# Definitions',
    '',
    'A definition is plain data, the same in TypeScript, YAML and JSON. A key that is not listed here is refused, with a suggestion.',
    '',
    '- A TypeScript file exports it as its default: `export default defineExperiment({ ... })`, or `defineEnvironment`, `defineLab`, `defineGameDay`.',
    '- A `.yaml`, `.yml` or `.json` file holds it as it is.',
    '- Experiments lie in `experiments/`, environments in `experiments/environments/`, labs in `experiments/labs/`, game days in `experiments/game-days/`.',
    '',
    'What may be left out is told in [defaults](defaults.md), the faults in [faults](faults.md).',
    '',
    '## Quantities and names',
    '',
    'A duration is a number and a unit: `500ms`, `2s`, `5m`, `1h`, `1d`. A percentage is `1%`, a rate `50/s` or `30/m`. A time is ISO 8601 in UTC: `2026-05-01T09:30:00Z`.',
    'An id has lower case letters, digits and hyphens, at most 40. A name has letters, digits, `-` and `_`, at most 64. Both begin with a letter.',
    'A JSONPath begins with `$`: `$.readAt`, `$.products`.',
    '',
    '## Experiment',
    '',
    ...lines(jsonNode(settledSchema, 'input')),
    '',
    'An experiment names a lab, or environments, or both.',
    '',
    '## Environment',
    '',
    ...lines(jsonNode(schemas.environment, 'input')),
    '',
    'An environment that is neither production nor isolated needs a guard with `watches`.',
    '',
    '## Lab',
    '',
    ...lines(jsonNode(schemas.lab, 'input')),
    '',
    '## Game day',
    '',
    ...lines(jsonNode(schemas.gameDay, 'input')),
    '',
    'In an environment somebody must be operator, who proposes, and somebody else must be able to approve.',
    ...sections.flatMap(({ title, node }) => [
      '',
      `## ${title}`,
      '',
      ...(title === 'Fault' ? faultLines(lines) : lines(node)),
    ]),
  );
}
