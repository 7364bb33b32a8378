import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { inJson } from '../../end-to-end/command.ts';
import { matching, withFields } from '../../fakes/matching.ts';
import { shopLab, slowDatabase, staging } from '../../plan/examples.ts';
import { commandHere } from '../command-here.ts';

const shop = {
  'experiments/slow.yaml': stringify(slowDatabase),
  'experiments/environments/staging.json': staging,
  'experiments/environments/production.json': { ...staging, id: 'production', production: true },
  'experiments/labs/shop.json': shopLab,
};

/** The same, whose steady state would notice what fails. */
const noticing = {
  ...shop,
  'experiments/slow.yaml': stringify({
    ...slowDatabase,
    steadyState: {
      ...slowDatabase.steadyState,
      freshness: {
        http: { service: 'shop', path: '/products', ageOf: '$.readAt' },
        tolerances: { age: { below: '2s', missedFor: '1s' } },
      },
    },
  }),
};

const lines = (text: string): string[] => text.trimEnd().split('\n');

describe('steadfast check', () => {
  it('is 0 for what is right, by any name, from any folder of the project', async () => {
    const project = commandHere(noticing);
    for (const words of [
      [],
      ['slow-database'],
      ['staging', 'shop'],
      ['experiments/slow.yaml'],
      ['./experiments/labs/shop.json'],
    ])
      expect(await project.run('check', ...words)).toMatchObject({
        code: 0,
        stderr: '',
        stdout: matching(/^fine: \d definitions? checked\n$/),
      });
    const json = await project.run('check', '--json');
    expect(JSON.parse(json.stdout)).toEqual({
      ok: true,
      checked: ['slow-database', 'production', 'staging', 'shop'],
      problems: [],
    });
  });

  it('is 4 with every problem, its file, line, path and how to mend it', async () => {
    const experiment = stringify(slowDatabase)
      .replace('objective: 60s', 'objectiv: 60s')
      .replace('lab: shop', 'lab: shpo')
      .replace('duration: 2m', 'duration: 2');
    const line = lines(experiment).findIndex((text) => text.endsWith('duration: 2')) + 1;
    const project = commandHere({ ...shop, 'experiments/slow.yaml': experiment });
    const text = await project.run('check', 'slow-database');
    expect(text.code).toBe(4);
    expect(text.stdout).toContain(
      ` experiments/slow.yaml:${line}  stages[0].duration\n       2 is no duration`,
    );
    expect(lines(text.stdout).at(-1)).toBe('3 problems: 1 definition checked');
    const json = (await project.run('check', '--json')).stdout;
    expect(inJson(json, 'ok')).toBe(false);
    expect(inJson(json, 'problems')).toEqual([
      withFields({
        severity: 'error',
        path: ['stages', 0, 'duration'],
        file: matching(/slow\.yaml$/),
        line,
      }),
      withFields({
        code: 'unknown-key',
        path: ['recovery', 'objectiv'],
        hint: "did you mean 'objective'?",
      }),
      withFields({ code: 'unknown-name', path: ['lab'], hint: "did you mean 'shop'?" }),
    ]);
  });

  it('tells what is wrong with a lab that fits its schema, too', async () => {
    const lab = { ...shopLab, services: { ...shopLab.services, far: { url: 'http://example.com' } } };
    const project = commandHere({ ...shop, 'experiments/labs/shop.json': lab });
    for (const words of [[], ['shop'], ['experiments/labs/shop.json']]) {
      const { code, stdout } = await project.run('check', ...words);
      expect(code).toBe(4);
      expect(stdout).toMatch(
        /labs\/shop\.json:\d+ {2}services\.far\.url\n.*a rehearsal never leaves this machine/,
      );
    }
  });

  it('is 0 where a steady state could not notice the fault, and says what to add', async () => {
    const project = commandHere(shop);
    const { code, stdout } = await project.run('check');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^note {3}experiments\/slow\.yaml:\d+ {2}steadyState\.products\n.*how old an answer is/,
    );
    expect(lines(stdout).at(-1)).toBe('fine: 4 definitions checked');
    const json = await project.run('check', 'slow-database', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: true,
      problems: [{ severity: 'note', code: 'no-freshness', path: ['steadyState', 'products'] }],
    });
  });

  it('is 0 where a lab only cannot play a name, and notes it', async () => {
    const lab = {
      ...shopLab,
      services: { ...shopLab.services, bank: { notRehearsable: 'there is only one' } },
    };
    const { environments: _, ...rehearsed } = slowDatabase;
    const faults = { slow: { ...slowDatabase.faults.slow, parameters: { delay: '1s', to: ['bank'] } } };
    const files = { 'experiments/slow.json': { ...rehearsed, faults }, 'experiments/labs/shop.json': lab };
    const { code, stdout } = await commandHere(files).run('check');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^note .*\n.*cannot play the service 'bank': there is only one/);
    expect(lines(stdout).at(-1)).toMatch(/^fine: 2 definitions/);
  });

  it('is 4 for an id or file that is not there, with what was meant', async () => {
    const project = commandHere(shop);
    expect((await project.run('check', 'slow-databas')).stdout).toContain(
      "there is no definition 'slow-databas'\n       did you mean 'slow-database'?",
    );
    const { code, stdout } = await project.run(
      'check',
      'experiments/gone.yaml',
      'notes.txt',
      './experiments',
    );
    expect(code).toBe(4);
    expect(stdout).toContain('there is no file experiments/gone.yaml');
    expect(stdout).toContain("there is no definition 'notes.txt'");
    expect(stdout).toContain('is no definition: its name ends in none of');
  });

  it('is 4 where there is nothing to check, and says how to begin', async () => {
    const { code, stdout } = await commandHere().run('check');
    expect(code).toBe(4);
    expect(stdout).toContain('steadfast init writes a first one');
  });
});
