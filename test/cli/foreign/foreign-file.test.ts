import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foreignFile } from '../../../lib/cli/foreign/foreign-file.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { inJson } from '../../end-to-end/command.ts';
import { greetingsProject } from '../../end-to-end/greetings.ts';
import { withFields } from '../../fakes/matching.ts';
import { commandHere } from '../command-here.ts';
import { slowDatabase } from './slow-database.ts';

const files = { ...greetingsProject(), 'slow.json': slowDatabase };

describe('a file of another tool', () => {
  it('is told apart from everything else', async () => {
    const root = temporaryProject({
      ...files,
      'slow.yaml': slowDatabase,
      'broken.json': '{',
      'slow.txt': slowDatabase,
      'notes.json': { what: 'ever' },
    });
    mkdirSync(join(root, 'folder.json'));
    const titleOf = async (name: string) => (await foreignFile(name, root))?.title;
    expect(await titleOf('slow.json')).toBe('Chaos Toolkit');
    expect(await titleOf('slow.yaml')).toBe('Chaos Toolkit');
    for (const other of [
      'experiments/slow-names.json',
      'broken.json',
      'slow.txt',
      'notes.json',
      'folder.json',
      'gone.json',
    ])
      expect([other, await titleOf(other)]).toEqual([other, undefined]);
  });

  it.each([
    ['check', ['check', 'slow.json']],
    ['judge', ['judge', 'samples.ndjson', '--experiment', 'slow.json']],
    ['plan', ['plan', 'slow.json', '--env', 'staging']],
  ])('is told to %s as what it is, with what makes a definition of it', async (_command, words) => {
    const { code, stdout, stderr } = await commandHere({ ...files, 'samples.ndjson': '' }).run(...words);
    expect(code).toBe(4);
    expect(stdout + stderr).toContain('is a file of Chaos Toolkit, and no definition of Steadfast');
    expect(stdout + stderr).toContain('steadfast import slow.json makes a definition of it');
  });

  it('is a problem in the document that check prints', async () => {
    const { code, stdout } = await commandHere(files).run('check', 'slow.json', '--json');
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      problems: [{ code: 'foreign', severity: 'error' }],
    });
  });
});

it('a host that nothing speaks for is named by the import as --map wants it', async () => {
  const { code, stdout } = await commandHere(files).run(
    'import',
    'slow.json',
    '--map',
    'postgres=names',
    '--json',
  );
  expect(code).toBe(0);
  expect(inJson(stdout, 'decisions')).toContainEqual(withFields({ unmapped: 'api.myapp.com' }));
});
