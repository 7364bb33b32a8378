import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { blocksOf } from '../../docs/markdown.ts';
import { decidedIn, definitionIn, importText, refusedIn, selectorIn } from './importing.ts';

const blocks = blocksOf('docs/how-to/import-from-fis.md');

/** The block of the page in a language that begins with a word. */
function block(language: string, begin: string): string {
  const found = blocks.find((one) => one.language === language && one.text.startsWith(begin));
  if (found === undefined) throw new Error(`the page shows no ${language} that begins with ${begin}`);
  return found.text;
}

const python = block('python', 'import');

describe('the template that the page shows', () => {
  it('is refused twice', () => {
    expect(refusedIn(importText('make_template.py', python))).toEqual([
      'no-stop-condition arguments.stopConditions.0 (fixable)',
      'no-environment-tag arguments.targets.ProductTasks.resourceTags (fixable)',
    ]);
  });

  it('comes out mended as the page shows it, with what is to be declared', () => {
    const result = importText('make_template.py', python, { fix: true, environment: 'staging' });
    expect(definitionIn(result)).toMatchObject(Object(parse(block('yaml', 'faults'))));
    const declared: unknown = parse(block('yaml', 'services'));
    expect(decidedIn(result)['faults.StopTasks.selector.service']).toContain(
      `${JSON.stringify(declared)
        .slice(1, -1)
        .replaceAll('"', '')
        .replaceAll(/([:,{])/g, '$1 ')
        .replaceAll('}', ' }')}`,
    );
  });

  it('may be a service that there is', () => {
    const options = { fix: true, environment: 'staging', map: { 'product-service': 'shop' } };
    expect(selectorIn(importText('make_template.py', python, options), 'StopTasks')).toEqual({
      service: 'shop',
    });
  });
});
