import type { ToxicType } from '../../lib/lab/proxy/toxic-type.ts';
import { toxicTypes } from '../../lib/lab/proxy/toxic-types.ts';
import { generated, page } from './generated.ts';
import { type JsonNode, jsonNode } from './json-node.ts';
import { code, typeWords } from './type-words.ts';

const words = (node: JsonNode): string => typeWords(node, () => undefined);

function attributeLine(name: string, node: JsonNode): string {
  const without = node.default === undefined ? 'required' : `default ${code(node.default)}`;
  return `- \`${name}\` (${words(node)}, ${without}): ${node.description}.`;
}

function section({ name, summary, attributes }: ToxicType): string[] {
  const { properties = {} } = jsonNode(attributes, 'input');
  const lines = Object.entries(properties).map(([attribute, node]) => attributeLine(attribute, node));
  return ['', `### ${name}`, '', summary, '', ...(lines.length === 0 ? ['No attributes.'] : lines)];
}

/** docs/reference/toxics.md: every type of toxic, with its attributes. */
export function toxicsPage(): string {
  const of = (origin: ToxicType['origin']) =>
    [...toxicTypes.values()].filter((type) => type.origin === origin).flatMap(section);
  return page(
    generated('the registry in lib/lab/proxy/toxic-types.ts'),
    '',
    '# Toxics',
    '',
    'What can be put on a link of a lab or on a proxy of [`steadfast proxy`](../how-to/use-the-fault-proxy.md), through the control.',
    'Beside its `type` and `attributes` a toxic has:',
    '',
    '- `name` (a text, default `<type>_<stream>`): by which it is changed and removed; once on each proxy.',
    '- `stream` (`upstream` or `downstream`, default `downstream`): the way to the service, or the way back.',
    '- `toxicity` (a number, default `1`): the probability that a connection is affected, drawn once for each connection.',
    "- `ttl` (seconds, or a duration such as `'30s'`; default none): after which it is taken away by itself.",
    '',
    "## Toxiproxy's",
    ...of('toxiproxy'),
    '',
    '## Our own',
    ...of('steadfast'),
  );
}
