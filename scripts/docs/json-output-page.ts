import { documents, withoutDocument } from '../../lib/cli/documents/documents.ts';
import { errorDocument } from '../../lib/cli/documents/error.ts';
import { generated, page } from './generated.ts';
import { alternativesOf, type JsonNode, jsonNode } from './json-node.ts';

/** docs/reference/json-output.md: what each command prints with --json, and where its schema is. */
export function jsonOutputPage(): string {
  return page(
    generated('the schemas of lib/cli/documents'),
    '',
    '# What commands print with --json',
    '',
    'With `--json` a command prints one JSON document on stdout and nothing else there; progress and problems in words go to stderr. The exit code is the',
    'same as without. Each document has a JSON Schema, which is in the package as `steadfast-chaos/schemas/command/<name>.schema.json`. A schema says exactly what',
    'this version prints. Later versions may add fields, so read those that you know and pass over the rest; no field goes or changes its meaning without a word in the',
    'changelog.',
    '',
    '`gameday status --follow --json` prints such a document on a line of its own for each change. `rehearse --watch` prints none.',
    '',
    '## Errors',
    '',
    `Where a command cannot do what was asked for, it prints this instead ([schema](../../schemas/command/error.schema.json)): ${keysOf(jsonNode(errorDocument, 'output'))}, with`,
    '`code`, `message`, `problems` and often a `hint` in it. Each problem has a `code`, its `path` in the document, its `file` and `line` where it has one, a `message`, and a',
    '`hint` that says how to mend it. `steadfast explain <code>` tells more of each code.',
    '',
    'Commands that end with a verdict print their document whatever the verdict is: a rejected rehearsal prints its journal.',
    '',
    '## Commands',
    '',
    ...Object.entries(documents).flatMap(([name, schema]) => [
      `### ${name}`,
      '',
      `[Schema](../../schemas/command/${name.replaceAll(' ', '-')}.schema.json).`,
      '',
      ...alternativesOf(jsonNode(schema, 'output')).map(formLine),
      '',
    ]),
    '## Commands without a document',
    '',
    ...Object.entries(withoutDocument).map(([name, reason]) => `- \`${name}\`: ${reason}.`),
  );
}

function formLine(node: JsonNode): string {
  const { description } = node;
  if (node.properties?.['schemaVersion'] !== undefined && node.properties['timeline'] !== undefined)
    return '- [The journal](journal.md) of the run.';
  return description === undefined ? `- ${keysOf(node)}` : `- ${description} ${keysOf(node)}`;
}

const keysOf = ({ properties = {} }: JsonNode): string => `\`{ ${Object.keys(properties).join(', ')} }\``;
