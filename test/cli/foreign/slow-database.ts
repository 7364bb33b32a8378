import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

export const slowDatabaseFile = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  'examples',
  'chaos-toolkit',
  'slow-database.json',
);

/** An experiment of Chaos Toolkit as a team has it: its database is 500 ms late, and its pages come within 2 s. */
export const slowDatabase = z
  .record(z.string(), z.unknown())
  .parse(JSON.parse(readFileSync(slowDatabaseFile, 'utf8')));

/** What its host and its target are in the lab of greetings. */
export const asGreetings = ['--map', 'api.myapp.com=greeter', '--map', 'postgres=names'] as const;
