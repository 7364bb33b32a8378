import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { slowDay } from '../../game-day/examples.ts';
import { shopLab, slowDatabase, staging } from '../../plan/examples.ts';
import { commandHere } from '../command-here.ts';

const shop = {
  'experiments/slow.yaml': stringify(slowDatabase),
  'experiments/environments/staging.json': staging,
  'experiments/environments/production.json': { ...staging, id: 'production', production: true },
  'experiments/labs/shop.json': shopLab,
};

const lines = (text: string): string[] => text.trimEnd().split('\n');

describe('steadfast list', () => {
  it('lists what there is, for people and as JSON', async () => {
    const project = commandHere(shop);
    const text = await project.run('list');
    expect([text.code, text.stderr]).toEqual([0, '']);
    expect(text.stdout).toContain(
      'slow-database  A slow database does not slow the shop  lab shop, staging, production',
    );
    const json = await project.run('list', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      experiments: [
        {
          id: 'slow-database',
          file: 'experiments/slow.yaml',
          lab: 'shop',
          environments: [{ id: 'staging', schedule: null }, { id: 'production' }],
        },
      ],
      environments: [
        { id: 'production', production: true },
        { id: 'staging', account: '111111111111' },
      ],
      labs: [{ id: 'shop', title: null }],
      problems: 0,
    });
  });

  it('lists game days with where they take place, and how often', async () => {
    const { cadence: _, lab: __, ...once } = slowDay;
    const project = commandHere({
      ...shop,
      'experiments/game-days/slow-day.json': slowDay,
      'experiments/game-days/once.json': { ...once, id: 'once' },
    });
    const { stdout } = await project.run('list');
    expect(lines(stdout).slice(lines(stdout).indexOf('Game days'))).toEqual([
      'Game days',
      '  once      The database is slow all morning  staging',
      '  slow-day  The database is slow all morning  lab shop, staging, quarterly',
    ]);
    const json = await project.run('list', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      gameDays: [
        { id: 'once', lab: null, cadence: null },
        { id: 'slow-day', owner: 'team-shop', lab: 'shop', environments: ['staging'], cadence: 'quarterly' },
      ],
    });
  });

  it('says where definitions are missing from it, and lists nothing where there is nothing', async () => {
    const broken = await commandHere({ ...shop, 'experiments/b.json': '{' }).run('list');
    expect([broken.code, lines(broken.stdout).at(-1)]).toEqual([
      0,
      '1 problem keeps definitions out of this list: steadfast check',
    ]);
    expect((await commandHere().run('list')).stdout).toContain('none');
  });
});
