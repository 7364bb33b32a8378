import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { definitionYaml } from '../../lib/import/definition-yaml.ts';
import { slowShop as experiment, imported } from './known.ts';

describe('a definition as a file', () => {
  it('is YAML with each question where it is to be answered, and the others at its head', () => {
    const draft = { kind: 'experiment', definition: experiment } as const;
    const decisions = [
      { definition: 'slow', path: ['owner'], question: 'which team answers for it?' },
      { definition: 'slow', path: ['stages', 0, 'duration'], question: 'how\nlong?' },
      { definition: 'slow', path: ['stages', 0], question: 'is one enough?' },
      { definition: 'slow', path: [], question: 'declare the service' },
      { definition: 'slow', path: ['nowhere', 'at', 'all'], question: 'where?' },
    ];
    const text = definitionYaml(draft, decisions, 'a.json\nid: x (Some Tool)');
    expect(parse(text)).toEqual(experiment);
    expect(text.split('\n').slice(0, 3)).toEqual([
      '# imported from a.json id: x (Some Tool)',
      '# decide: declare the service',
      '# decide: where?',
    ]);
    expect(text).toMatch(/# decide: which team answers for it\?\nowner: team-shop/);
    expect(text).toMatch(/# decide: how long\?\n +duration: 2m/);
    expect(text).toMatch(/# decide: is one enough\?\n/);
  });
});

describe('importing', () => {
  it('changes nothing of a definition of Steadfast', () => {
    const text = definitionYaml({ kind: 'experiment', definition: experiment }, [], 'x');
    const { definitions, format, refusals, fields } = imported(text);
    expect({ format, refusals, texts: definitions.map((one) => one.text) }).toEqual({
      format: 'steadfast',
      refusals: [],
      texts: [text],
    });
    expect(fields.every(({ outcome }) => outcome === 'mapped')).toBe(true);
  });

  it('gives several definitions of one file each a text of its own', () => {
    const other = { ...experiment, id: 'other' };
    const { definitions } = imported(`${JSON.stringify(experiment)}\n---\n${JSON.stringify(other)}`);
    expect(definitions.map(({ text }): unknown => parse(text))).toEqual([experiment, other]);
  });

  it('takes a lab of Steadfast as well', () => {
    const lab = { id: 'mine', services: { a: { postgres: {} } }, guards: { g: { notRehearsable: 'never' } } };
    expect(imported(JSON.stringify(lab)).definitions).toMatchObject([{ kind: 'lab', definition: lab }]);
  });

  it('refuses a definition that is not valid, and says who tells why', () => {
    const { definitions, refusals } = imported(`a: 1\n---\n${JSON.stringify({ ...experiment, stages: [] })}`);
    expect(definitions).toEqual([]);
    expect(refusals).toMatchObject([
      { code: 'invalid', document: 0, hint: 'steadfast check file.yaml says what is wrong with it' },
      { code: 'invalid', document: 1, line: 3 },
    ]);
  });

  it('says what the formats are when it recognises none, or the one that is asked for does not fit', () => {
    expect(imported('a: 1')).toMatchObject({ problems: [{ code: 'unknown-format' }], definitions: [] });
    expect(imported('a: 1', { format: 'nonsense' }).problems).toMatchObject([{ code: 'unknown-format' }]);
    expect(imported('a: [').problems).toMatchObject([{ code: 'syntax' }]);
  });
});
