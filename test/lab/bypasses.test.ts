import { describe, expect, it } from 'vitest';
import bypassingShop from '../../experiments/labs/bypassing-shop.ts';
import shop from '../../experiments/labs/shop.ts';
import { type LabDefinition, labSchema } from '../../lib/experiment/lab.ts';
import { bypassesOf } from '../../lib/lab/bypasses.ts';

const notesOn = (lab: LabDefinition) => bypassesOf(labSchema.parse(lab));

describe('an address past a link', () => {
  it('is noted where it is handed to a service, with how to go through the link', () => {
    expect(notesOn(bypassingShop)).toEqual([
      {
        code: 'bypasses-link',
        severity: 'note',
        path: ['services', 'shop', 'env', 'DATABASE_URL'],
        message:
          "service 'shop' is handed the real address of 'database', past its link: no fault on the link reaches what is sent there",
        hint: 'write {database} or {database.url}, unless the lab is to show this',
      },
    ]);
  });

  it('is found in commands too, and each of several', () => {
    const services: LabDefinition['services'] = {
      ...shop.services,
      worker: {
        command: [
          'node',
          'worker.js',
          '--from={shop.real}',
          '--to={database.real.host}:{database.real.port}',
        ],
        uses: ['shop', 'database'],
      },
    };
    expect(notesOn({ ...shop, services }).map(({ path }) => path)).toEqual([
      ['services', 'worker', 'command', 2],
      ['services', 'worker', 'command', 3],
      ['services', 'worker', 'command', 3],
    ]);
  });

  it('is not noted where links are used', () => {
    expect(notesOn(shop)).toEqual([]);
  });
});
