import { alternativesOf, type JsonNode, mapValueOf, shapeOf } from './json-node.ts';
import { code, typeWords } from './type-words.ts';

/** A shape that has a section of its own, which every place that holds it links to. */
export interface Section {
  readonly title: string;
  readonly node: JsonNode;
  /** How the link reads in a sentence: `a probe`. */
  readonly words: string;
}

/** Writes the fields of schemas as nested lists, which a phone shows as well as a wide screen. */
export function schemaList(sections: readonly Section[]) {
  const byShape = new Map(sections.map((section) => [shapeOf(section.node), section]));
  const linked = (node: JsonNode): string | undefined => {
    const section = byShape.get(shapeOf(node));
    return section && `[${section.words}](#${anchorOf(section.title)})`;
  };

  /** What lies below a node that is worth a list of its own. */
  const inside = (node: JsonNode): readonly JsonNode[] => {
    if (linked(node) !== undefined) return [];
    const next = mapValueOf(node) ?? node.items;
    if (next !== undefined) return inside(next);
    return alternativesOf(node).length > 1
      ? alternativesOf(node).flatMap(inside)
      : node.properties === undefined
        ? []
        : [node];
  };

  const fieldLines = (node: JsonNode, indent: string): string[] =>
    Object.entries(node.properties ?? {}).flatMap(([key, field]) => [
      fieldLine(key, field, node.required?.includes(key) === true, indent),
      ...nested(field, `${indent}  `),
    ]);

  const fieldLine = (key: string, field: JsonNode, required: boolean, indent: string): string => {
    const { description = '' } = field;
    const needed = required && field.default === undefined ? ', required' : '';
    const told = description === '' ? '' : ` ${description}`;
    const isTold = description.includes('(default ') || JSON.stringify(field.default) === '{}';
    const fallback = field.default === undefined || isTold ? '' : ` Default: ${code(field.default)}.`;
    return `${indent}- \`${key}\` (${typeWords(field, linked)}${needed}).${told}${fallback}`;
  };

  const nested = (field: JsonNode, indent: string): string[] => {
    const forms = inside(field);
    if (forms.length < 2) return forms.flatMap((form) => fieldLines(form, indent));
    return forms.flatMap((form) => [
      `${indent}- with \`${keyOf(form)}\`:`,
      ...fieldLines(form, `${indent}  `),
    ]);
  };

  return {
    /** The fields of a node, or of each of its forms. */
    lines: (node: JsonNode): string[] => {
      const forms = alternativesOf(node).filter(({ properties }) => properties !== undefined);
      return forms.length < 2
        ? forms.flatMap((form) => fieldLines(form, ''))
        : forms.flatMap((form) => [`- with \`${keyOf(form)}\`:`, ...fieldLines(form, '  ')]);
    },
  };
}

/** The key that tells a form from the others: its first required one, with its value where that is what differs. */
function keyOf({ properties = {}, required = [] }: JsonNode): string {
  const [first = Object.keys(properties)[0] ?? ''] = required;
  const constant = properties[first]?.const;
  return typeof constant === 'string' ? `${first}: ${constant}` : first;
}

/** The anchor that GitHub gives a heading. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

/** The paths of fields that have no description. */
export function undescribed(node: JsonNode, path = ''): string[] {
  const below = [
    ...alternativesOf(node).filter((one) => one !== node),
    ...[mapValueOf(node), node.items].filter((one) => one !== undefined),
  ];
  const fields = Object.entries(node.properties ?? {}).flatMap(([key, field]) => {
    const here = path === '' ? key : `${path}.${key}`;
    return [...(field.description === undefined ? [here] : []), ...undescribed(field, here)];
  });
  return [...new Set([...fields, ...below.flatMap((one) => undescribed(one, path))])];
}
