import type { ExperimentDefinition } from '../experiment/experiment.ts';

/** The longest line that keeps a list or map on one line. */
const width = 100;

/** An experiment as a file of TypeScript, the way a person would write it. */
export const definitionText = (definition: ExperimentDefinition): string =>
  `import { defineExperiment } from 'steadfast-chaos';\n\nexport default defineExperiment(${written(definition, 0)});\n`;

/** A value as a literal: on one line where it fits, else an entry a line. */
function written(value: unknown, depth: number): string {
  const short = inline(value);
  // The whole definition is never a line, however short.
  if (depth > 0 && short.length + depth * 2 <= width) return short;
  const [open, close, entries] = partsOf(value, depth);
  if (entries === undefined) return short;
  const indent = '  '.repeat(depth + 1);
  return `${open}\n${entries.map((entry) => `${indent}${entry},\n`).join('')}${'  '.repeat(depth)}${close}`;
}

function partsOf(value: unknown, depth: number): [open: string, close: string, entries?: string[]] {
  if (Array.isArray(value)) return ['[', ']', value.map((item) => written(item, depth + 1))];
  if (typeof value !== 'object' || value === null) return ['', ''];
  return [
    '{',
    '}',
    Object.entries(value).map(([key, item]) => {
      const text = written(item, depth + 1);
      const isLong = typeof item === 'string' && text.length + key.length + depth * 2 + 4 > width;
      return isLong ? `${keyText(key)}:\n${'  '.repeat(depth + 2)}${text}` : `${keyText(key)}: ${text}`;
    }),
  ];
}

function inline(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${keyText(key)}: ${inline(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** JSON's escapes are those of JavaScript; only the quotes are others. */
const quoted = (text: string): string =>
  text.includes("'") ? JSON.stringify(text) : `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')}'`;

const keyText = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key));
