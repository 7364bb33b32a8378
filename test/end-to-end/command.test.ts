import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { matching } from '../fakes/matching.ts';
import { commandProject, inJson } from './command.ts';

const manifest = readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');

/** What its commands do is tested in this process (test/cli); here that a process of its own does the same. */
describe('the command', () => {
  it('has the version of its package', async () => {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));
    expect(await commandProject().run('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it('without words leads to its help', async () => {
    const { code, stdout, stderr } = await commandProject().run();
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(/^Usage: steadfast/);
  });

  it('ends with the exit code of what it was asked, and has one document on stdout', async () => {
    const project = commandProject();
    const none = await project.run('check', '--json');
    expect([none.code, inJson(none.stdout, 'problems', 0, 'code')]).toEqual([4, 'nothing-to-check']);
    expect((await project.run('init')).code).toBe(0);
    expect(await project.run('check')).toMatchObject({
      code: 0,
      stdout: matching(/^fine: 3 definitions checked\n$/),
      stderr: '',
    });
  });
});
