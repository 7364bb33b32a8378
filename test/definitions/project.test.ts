import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { kindOfFile, loadExperiment } from '../../lib/definitions/load-definition.ts';
import { brokenOf, loadProject } from '../../lib/definitions/project.ts';
import { projectRootOf } from '../../lib/definitions/project-root.ts';
import { aFunction } from '../fakes/matching.ts';
import { slowDay } from '../game-day/examples.ts';
import { shopLab, slowDatabase, staging } from '../plan/examples.ts';
import { temporaryProject } from './temporary-project.ts';
import { changed } from './told.ts';

const told = (problems: readonly { code: string; file?: string; line?: number }[], root: string) =>
  problems.map(({ code, file = '', line }) => `${code} ${file.slice(root.length + 1)}:${line ?? '-'}`);

describe('a project', () => {
  it('is loaded from its four folders, whatever the form', async () => {
    const root = temporaryProject({
      'experiments/slow.yaml': stringify(slowDatabase),
      'experiments/environments/staging.json': staging,
      'experiments/labs/shop.yml': stringify(shopLab),
      'experiments/game-days/slow.json': slowDay,
      'experiments/labs/shop/settings.json': { not: 'a definition' },
      'experiments/notes.txt': 'no definition',
      'experiments/types.d.ts': 'export {};',
    });
    const project = await loadProject(root);
    expect(project.problems).toEqual([]);
    expect(project.experiments.map(({ id, definition }) => [id, definition])).toEqual([
      ['slow-database', slowDatabase],
    ]);
    expect(project.environments.map(({ definition }) => definition)).toEqual([staging]);
    expect(project.labs.map(({ definition }) => definition)).toEqual([shopLab]);
    expect(project.gameDays.map(({ definition }) => definition)).toEqual([slowDay]);
  });

  it('may hold nothing at all, or a file where its folder should be', async () => {
    for (const files of [{}, { experiments: 'a file' }, { 'experiments/labs': 'a file' }]) {
      const project = await loadProject(temporaryProject(files));
      expect([...project.experiments, ...project.labs, ...project.problems]).toEqual([]);
    }
  });

  it('follows links to files, and says so where they lead nowhere', async () => {
    const root = temporaryProject({ 'elsewhere/slow.json': slowDatabase });
    mkdirSync(join(root, 'experiments'));
    symlinkSync('../elsewhere/slow.json', join(root, 'experiments', 'slow.json'));
    symlinkSync('../elsewhere/gone.json', join(root, 'experiments', 'gone.json'));
    const project = await loadProject(root);
    expect(project.experiments.map(({ id }) => id)).toEqual(['slow-database']);
    expect(told(project.problems, root)).toEqual(['unreadable experiments/gone.json:-']);
  });

  it('tells ids that two definitions have, with where the other is', async () => {
    const root = temporaryProject({
      'experiments/a.json': slowDatabase,
      'experiments/b.json': slowDatabase,
      'experiments/labs/slow-database.json': { ...shopLab, id: 'slow-database' },
    });
    const project = await loadProject(root);
    expect(project.problems).toMatchObject([
      {
        code: 'duplicate-id',
        file: join(root, 'experiments/b.json'),
        line: 2,
        message: "'slow-database' is the id of experiments/a.json already",
      },
    ]);
  });

  it('keeps what is broken apart, findable by its id or its file', async () => {
    const root = temporaryProject({
      'experiments/environments/stage.json': changed(staging, ['region'], 'x'),
      'experiments/labs/shop.json': '{',
    });
    const project = await loadProject(root);
    expect(project.environments).toEqual([]);
    expect(brokenOf(project, 'staging', 'environment')?.problems).toMatchObject([
      { path: ['region'], line: 4 },
    ]);
    expect(brokenOf(project, 'shop', 'lab')?.problems).toMatchObject([{ code: 'syntax', line: 1 }]);
    expect(brokenOf(project, 'shop', 'environment')).toBeUndefined();
    expect(brokenOf(project, 'sta', 'environment')).toBeUndefined();
  });

  it('is that of the nearest folder above which holds experiments, else the folder itself', () => {
    const root = temporaryProject({ 'experiments/labs/a.json': '', 'src/deep/b.json': '' });
    expect(projectRootOf(join(root, 'src', 'deep'))).toBe(root);
    expect(projectRootOf(join(root, 'experiments', 'labs'))).toBe(root);
    expect(projectRootOf(root)).toBe(root);
    const bare = temporaryProject({ experiments: 'a file' });
    expect(projectRootOf(bare)).toBe(bare);
  });
});

describe('the kind of a file', () => {
  it('is told by what it holds, and by its folder where that cannot be read', async () => {
    const root = temporaryProject({
      'x/a.json': staging,
      'x/b.json': shopLab,
      'x/c.json': slowDatabase,
      'x/d.json': {},
      'x/e.json': { title: 'x', stages: [], services: {} },
      'environments/f.json': '{',
      'labs/g.json': '{}',
      'x/h.json': slowDay,
      'x/i.json': { stages: [{ experiment: 'x' }] },
      'game-days/j.json': '{',
    });
    const kinds = [
      'x/a',
      'x/b',
      'x/c',
      'x/d',
      'x/e',
      'environments/f',
      'labs/g',
      'x/h',
      'x/i',
      'game-days/j',
    ].map((name) => kindOfFile(join(root, `${name}.json`)));
    expect(await Promise.all(kinds)).toEqual([
      'environment',
      'lab',
      'experiment',
      'experiment',
      'experiment',
      'environment',
      'lab',
      'gameDay',
      'gameDay',
      'gameDay',
    ]);
  });
});

describe('an experiment in a file', () => {
  it('is parsed to the same in YAML and JSON', async () => {
    const root = temporaryProject({ 'a.yaml': stringify(slowDatabase), 'b.json': slowDatabase });
    const [yaml, json] = await Promise.all(
      ['a.yaml', 'b.json'].map((file) => loadExperiment(join(root, file))),
    );
    expect(yaml).toHaveProperty('loaded.parsed.stages');
    const loaded = json !== undefined && 'loaded' in json ? json.loaded : undefined;
    expect(yaml).toEqual({ loaded: { ...loaded, file: join(root, 'a.yaml'), lineOf: aFunction() } });
  });

  it('of another ending, a folder, or that is not there, is told as such', async () => {
    const root = temporaryProject({ 'a.txt': 'x', 'b.json/c.json': '{}' });
    for (const [file, code] of [
      ['a.txt', 'not-a-definition'],
      ['b.json', 'unreadable'],
      ['c.yaml', 'unreadable'],
    ])
      expect(await loadExperiment(join(root, file ?? ''))).toMatchObject({
        broken: { problems: [{ code }] },
      });
  });
});
