import { readFileSync } from 'node:fs';
import { defaults } from '../../lib/experiment/defaults.ts';
import { generated, page } from './generated.ts';
import { code } from './type-words.ts';

const source = new URL('../../lib/experiment/defaults.ts', import.meta.url);

/** What the comment right above each entry of the table says. */
function comments(): ReadonlyMap<string, string> {
  const text = readFileSync(source, 'utf8');
  const found = text.matchAll(/\/\*\*([^*]*(?:\*(?!\/)[^*]*)*)\*\/\s*\n\s*(\w+):/g);
  return new Map(
    [...found].map(([, comment = '', name = '']) => [name, comment.replaceAll(/\s*\n\s*\* ?/g, ' ').trim()]),
  );
}

function entryLines(name: string, value: unknown, told: string, indent = ''): string[] {
  const say = told === '' ? '' : ` ${told}`;
  if (typeof value !== 'object' || value === null) return [`${indent}- \`${name}\`: ${code(value)}.${say}`];
  return [
    `${indent}- \`${name}\`.${say}`,
    ...Object.entries(value).flatMap(([key, below]) => entryLines(key, below, '', `${indent}  `)),
  ];
}

/** docs/reference/defaults.md: everything a definition may leave out. */
export function defaultsPage(): string {
  const told = comments();
  return page(
    generated('lib/experiment/defaults.ts'),
    '',
    '# Defaults',
    '',
    'What a definition leaves out is filled in from this table. Defaults of single keys of environments and labs stand beside those keys in [definitions](definitions.md).',
    '',
    ...Object.entries(defaults).flatMap(([name, value]) =>
      entryLines(name, value, told.get(name) ?? 'When steady state counts as back after a fault.'),
    ),
  );
}
