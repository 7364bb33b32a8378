import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { idsFrom } from '../../../lib/cli/completion/known-ids.ts';
import type { Source } from '../../../lib/cli/completion/what-is-taken.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';

describe('ids of definitions', () => {
  it('are read from the text of the files, with their titles', async () => {
    const root = temporaryProject({
      'experiments/a.ts': `export default defineExperiment({\n  id: 'slow-database',\n  title: 'It\\'s "slow"',\n`,
      'experiments/b.yaml': 'id: cut-zone # of both\ntitle: A zone: cut # or not\nowner: me\n',
      'experiments/c.json': { id: 'stale', title: 'Staler, "by" far' },
      'experiments/d.mjs': 'export default { id: "one-line", title: "On one line" };',
      'experiments/e.ts': 'const id = makeId();\nexport default { id, title: `of a template` };',
      'experiments/f.yml': '- a list\n',
      'experiments/notes.md': 'id: nothing\n',
      'experiments/types.d.ts': "id: 'nothing'",
      'experiments/labs/shop.ts': "export default defineLab({ id: 'shop', title: 'The shop' });",
      'experiments/environments/staging.yaml': 'id: "staging"\n',
      'experiments/game-days/day.ts': "export default defineGameDay({\n  id: 'payment-down',\n});",
    });
    expect(await idsFrom('experiments', root)).toEqual([
      { value: 'cut-zone', description: 'A zone: cut' },
      { value: 'e', description: undefined },
      { value: 'f', description: undefined },
      { value: 'one-line', description: 'On one line' },
      { value: 'slow-database', description: `It's "slow"` },
      { value: 'stale', description: 'Staler, "by" far' },
    ]);
    expect(await idsFrom('labs', root)).toEqual([{ value: 'shop', description: 'The shop' }]);
    expect(await idsFrom('environments', root)).toEqual([{ value: 'staging', description: undefined }]);
    expect(await idsFrom('gameDays', root)).toEqual([{ value: 'payment-down', description: undefined }]);
  });

  it('are those of their files where these cannot be read', async () => {
    const root = temporaryProject({ 'experiments/a.ts': '' });
    symlinkSync(join(root, 'nowhere'), join(root, 'experiments', 'gone.ts'));
    mkdirSync(join(root, 'experiments', 'folder.ts'));
    expect((await idsFrom('experiments', root)).map(({ value }) => value)).toEqual(['a', 'folder', 'gone']);
  });
});

describe('ids of what has run', () => {
  it('are there with the newest first', async () => {
    const names = [
      'b-20260501T093000Z-aaaa',
      'a-20260601T093000Z-bbbb',
      'foreign',
      'c-20251201T000000Z-cccc',
    ];
    const root = temporaryProject({
      ...Object.fromEntries(names.map((name) => [`.steadfast/runs/${name}/journal.json`, {}])),
      '.steadfast/game-days/day-20261201-180000-4fzk/log.ndjson': '',
      '.steadfast/game-days/day-20261202-180000-4fzk/log.ndjson': '',
    });
    expect((await idsFrom('runs', root)).map(({ value }) => value)).toEqual([
      'a-20260601T093000Z-bbbb',
      'b-20260501T093000Z-aaaa',
      'c-20251201T000000Z-cccc',
      'foreign',
    ]);
    expect((await idsFrom('editions', root)).map(({ value }) => value)).toEqual([
      'day-20261202-180000-4fzk',
      'day-20261201-180000-4fzk',
    ]);
  });
});

describe('what comes with the command', () => {
  it.each([
    ['faults', 'aws:ecs:stop-task'],
    ['faults', 'lab:kill'],
    ['faultServices', 'ecs'],
    ['faultServices', 'lab'],
    ['recipes', 'half-the-tasks'],
    ['codes', 'no-bite'],
    ['verdicts', 'deviated'],
    ['importFormats', 'steadfast'],
  ] as const)('%s holds %s', async (source, id) => {
    expect((await idsFrom(source, '/')).map(({ value }) => value)).toContain(id);
  });
});

it.each<Source>(['experiments', 'runs', 'editions', 'commands', 'files', 'folders'])(
  'proposes no %s where there are none',
  async (source) => {
    expect(await idsFrom(source, temporaryProject({}))).toEqual([]);
  },
);
