import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { blocksOf, textOf } from '../../docs/markdown.ts';
import { acting, definitionIn, importing, python } from './importing.ts';

const page = 'docs/how-to/import-from-chaos-toolkit.md';

/** The one block of the page in a language. */
function blockIn(language: string): string {
  const [only, ...others] = blocksOf(page).filter((block) => block.language === language);
  if (only === undefined || others.length > 0) throw new Error(`the page has no single block of ${language}`);
  return only.text;
}

it('comes out as the page shows it', () => {
  const definition = definitionIn(importing(JSON.parse(blockIn('json'))));
  expect(definition).toMatchObject(Object(parse(blockIn('yaml'))));
});

it('has every function of a driver that the page has', () => {
  let module = '';
  const named: [module: string, func: string][] = [];
  for (const [, first = '', functions = ''] of textOf(page).matchAll(
    /^\|([^|]*)\|([^|]*)\|[^|]*(?:`aws:|as above)[^|]*\|$/gm,
  )) {
    module = /`(\w+\.[\w.]+)`/.exec(first)?.[1] ?? module;
    for (const [, func = ''] of functions.matchAll(/`([a-z_]+)`/g))
      if (func.includes('_')) named.push([module, func]);
  }
  expect(named.length).toBeGreaterThan(20);
  for (const [of, func] of named.filter(([, name]) => name !== 'reset_peer')) {
    const told = acting(python(of, func)).fields.map(({ why = '' }) => why);
    expect(`${of}.${func}: ${told.join()}`).not.toMatch(
      /has nothing that takes its place|is not known: write/,
    );
  }
});
