import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstProject } from '../../../lib/cli/init/first-project.ts';
import { containing, matching } from '../../fakes/matching.ts';
import { commandHere } from '../command-here.ts';

describe('steadfast init', () => {
  it('makes a project that check accepts, in an empty folder or a new one', async () => {
    const project = commandHere();
    const { code, stdout } = await project.run('init', 'first', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      root: join(project.root, 'first'),
      written: [...Object.keys(firstProject), 'cdk.json', 'app.mjs', 'package.json', '.gitignore'],
    });
    expect((await project.run('check', 'first/experiments/slow-names.ts')).code).toBe(0);
    expect(await project.run('init')).toMatchObject({
      code: 0,
      stdout: matching(
        /\nNext: {3}npx steadfast rehearse slow-names\nThen: {3}npx cdk synth -c env=sandbox\n$/,
      ),
    });
    expect(await project.run('check')).toMatchObject({ code: 0, stdout: 'fine: 3 definitions checked\n' });
  });

  it('overwrites nothing, and writes nothing where something is in the way', async () => {
    const project = commandHere({
      'package.json': '{"name":"mine"}',
      'experiments/slow-names.ts': 'mine',
    });
    const { code, stderr } = await project.run('init');
    expect(code).toBe(4);
    expect(stderr).toContain('experiments/slow-names.ts is there already, and nothing is overwritten');
    expect(readdirSync(join(project.root, 'experiments'))).toEqual(['slow-names.ts']);
    expect(readFileSync(join(project.root, 'package.json'), 'utf8')).toBe('{"name":"mine"}');
    writeFileSync(join(project.root, 'file'), '');
    expect(await project.run('init', 'file/below')).toMatchObject({
      code: 4,
      stderr: containing('cannot be written'),
    });
  });

  it('keeps the package.json that is there', async () => {
    const project = commandHere({ 'package.json': '{"type":"commonjs"}' });
    expect((await project.run('init')).code).toBe(0);
    expect(readFileSync(join(project.root, 'package.json'), 'utf8')).toBe('{"type":"commonjs"}');
    expect(await project.run('check')).toMatchObject({ code: 0, stderr: '' });
  });

  it('leaves a CDK app as it is, and says what to add to it', async () => {
    const project = commandHere({ 'cdk.json': '{"app":"node mine.js"}', 'mine.js': '' });
    const { code, stdout } = await project.run('init');
    expect([code, stdout]).toEqual([0, matching(/\nThen: {3}.*await addSteadfast\(app\)\n$/)]);
    expect(readFileSync(join(project.root, 'cdk.json'), 'utf8')).toBe('{"app":"node mine.js"}');
    expect(existsSync(join(project.root, 'app.mjs'))).toBe(false);
  });

  it('does not overwrite a file that has the name of its CDK app', async () => {
    const project = commandHere({ 'app.mjs': 'mine' });
    const { code, stderr } = await project.run('init');
    expect([code, stderr]).toEqual([4, containing('app.mjs is there already, and nothing is overwritten')]);
    expect(existsSync(join(project.root, 'cdk.json'))).toBe(false);
  });
});
