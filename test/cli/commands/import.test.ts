import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { containing, matching } from '../../fakes/matching.ts';
import { slowShop } from '../../import/known.ts';
import { commandHere } from '../command-here.ts';

const experiment = { ...slowShop, lab: 'elsewhere' };

const written = z.looseObject({});

const text = JSON.stringify(experiment, null, 2);

describe('steadfast import', () => {
  it('prints the definition on stdout and the account of every field on stderr', async () => {
    const { code, stdout, stderr } = await commandHere({ 'in/slow.json': experiment }).run(
      'import',
      'in/slow.json',
    );
    expect({ code, stdout: stdout.trim() }).toEqual({ code: 0, stdout: text });
    expect(stderr).toContain('Fields: 14 mapped, 0 approximated, 0 refused');
    expect(stderr).toContain('= stages[0].duration:33 -> slow: the same');
    expect(stderr).toMatch(/What check says meanwhile:\n {2}lab: no lab is called 'elsewhere'/);
  });

  it('prints one document with --json', async () => {
    const { code, stdout } = await commandHere({ 'in/slow.json': experiment }).run(
      'import',
      'in/slow.json',
      '--json',
    );
    expect({ code, document: written.parse(JSON.parse(stdout)) }).toMatchObject({
      code: 0,
      document: {
        ok: true,
        format: 'steadfast',
        definition: experiment,
        definitions: [{ kind: 'experiment', definition: experiment, text: matching(/./) }],
        decisions: [],
        refusals: [],
        problems: [{ code: 'unknown-name', path: ['lab'] }],
        written: [],
      },
    });
  });

  it('writes with --out, leaves what is the same alone and overwrites nothing', async () => {
    const here = commandHere({ 'in/slow.json': experiment });
    const first = await here.run('import', 'in/slow.json', '--out', 'out');
    expect(first).toMatchObject({ code: 0, stdout: 'out/slow.yaml\n' });
    const file = join(here.root, 'out', 'slow.yaml');
    expect(readFileSync(file, 'utf8').trim()).toBe(text);
    expect(await here.run('import', 'out/slow.yaml', '--out', 'out')).toMatchObject({ code: 0 });
    writeFileSync(file, 'mine');
    const { code, stderr } = await here.run('import', 'in/slow.json', '--out', 'out');
    expect({ code, stderr, kept: readFileSync(file, 'utf8') }).toMatchObject({
      code: 4,
      stderr: containing('nothing is overwritten'),
      kept: 'mine',
    });
  });

  it('refuses a folder that cannot be written or read', async () => {
    const here = commandHere({ 'in/slow.json': experiment, taken: 'a file' });
    expect(await here.run('import', 'in/slow.json', '--out', 'taken')).toMatchObject({ code: 4, stdout: '' });
    mkdirSync(join(here.root, 'out', 'slow.yaml'), { recursive: true });
    expect(await here.run('import', 'in/slow.json', '--out', 'out')).toMatchObject({ code: 4, stdout: '' });
  });

  it('refuses what is not valid with 4 and the reasons', async () => {
    const here = commandHere({ 'in/slow.json': { ...experiment, stages: [] } });
    const { code, stderr, stdout } = await here.run('import', 'in/slow.json');
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(
      /Refused:\n +line 1\n +is a definition of Steadfast already, and not a valid one\n/,
    );
  });

  it.each([
    ['a file that is not there', ['nothing.json'], 4, 'there is no file nothing.json'],
    ['a folder', ['in'], 4, 'in cannot be read: it is no file'],
    ['an unknown format', ['in/slow.json', '--format', 'stedfast'], 64, "did you mean 'steadfast'?"],
    ['a format far from any', ['in/slow.json', '--format', 'x'], 64, 'these are: '],
    ['an unknown environment', ['in/slow.json', '--env', 'staging'], 4, 'the project has none'],
    ['an unknown lab', ['in/slow.json', '--lab', 'mini'], 4, "did you mean 'mine'?"],
    ['a lab far from any', ['in/slow.json', '--lab', 'zzz'], 4, 'there are: mine'],
    ['a map of nothing', ['in/slow.json', '--map', 'shop'], 64, '--map shop maps nothing'],
    ['a map of two meanings', ['in/slow.json', '--map', 'a=b', '--map', 'a=c'], 64, 'two meanings: b and c'],
    ['a file in no known format', ['in/other.yaml'], 4, 'is in no format that can be imported'],
  ])('tells of %s', async (_what, words, code, told) => {
    const lab = { id: 'mine', services: { a: { postgres: {} } }, guards: { g: { notRehearsable: 'never' } } };
    const files = { 'in/slow.json': experiment, 'in/other.yaml': 'a: 1', 'experiments/labs/mine.json': lab };
    const ended = await commandHere(files).run('import', ...words);
    expect({ ...ended, stderr: ended.stderr.includes(told) || ended.stderr }).toEqual({
      code,
      stdout: '',
      stderr: true,
    });
  });

  it('refuses a file of 100 MB without reading it whole', async () => {
    const here = commandHere({ 'in/large.json': '' });
    truncateSync(join(here.root, 'in', 'large.json'), 100_000_000);
    const { code, stderr } = await here.run('import', 'in/large.json');
    expect({ code, stderr }).toEqual({
      code: 4,
      stderr: containing('more than the 1048576 bytes'),
    });
  });
});
