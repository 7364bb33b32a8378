import { describe, expect, it } from 'vitest';
import { firstProject } from '../../lib/cli/init/first-project.ts';
import { containing, matching } from '../fakes/matching.ts';
import { commandProject, inJson } from './command.ts';

describe('definitions in TypeScript and JavaScript', () => {
  const definition = firstProject['experiments/labs/greetings.ts'] ?? '';

  it.each([
    ['no package.json', {}],
    ['a package.json that says nothing', { 'package.json': '{}' }],
    ['a CommonJS package', { 'package.json': '{"type":"commonjs"}' }],
    ['an ES module package', { 'package.json': '{"type":"module"}' }],
  ])('are read under %s, without a warning', async (_what, files) => {
    const helper = "import { greetingsId } from './greetings/id.ts';\n";
    const project = commandProject({
      ...files,
      'experiments/labs/greetings.ts': helper + definition.replace("'greetings',", 'greetingsId,'),
      'experiments/labs/greetings/id.ts': "export const greetingsId: string = 'greetings';\n",
    });
    expect(await project.run('check', 'greetings')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: 'fine: 1 definition checked\n',
    });
  });

  it('may be JavaScript where no package says otherwise', async () => {
    for (const [name, manifest] of [
      ['greetings.js', '{}'],
      ['greetings.mjs', '{"type":"commonjs"}'],
    ] as const) {
      const project = commandProject({ 'package.json': manifest, [`experiments/labs/${name}`]: definition });
      expect(await project.run('check')).toMatchObject({ code: 0, stderr: '' });
    }
  });

  it('that leave something open do not keep the command from ending', async () => {
    const project = commandProject({
      'experiments/labs/greetings.ts': `setInterval(() => {}, 1000);\n${definition}`,
    });
    expect(await project.run('check')).toMatchObject({ code: 0, stderr: '' });
  });

  it('that print do not spoil what is on stdout', async () => {
    const project = commandProject({
      'experiments/labs/greetings.ts': `console.log('hello');\n${definition}`,
    });
    const { stdout, stderr } = await project.run('check', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
    expect(stderr).toBe('hello\n');
  });

  it.each<[string, string, string, number | undefined]>([
    ['throws', "const a = 1;\nthrow new Error('boom');\nexport default a;\n", 'cannot be loaded: boom', 2],
    ['has a slip in its syntax', 'const a = 1;\nexport default {{{;\n', 'cannot be loaded: ', 2],
    ['exports no default', 'export const a = 1;\n', 'exports no default', undefined],
    ['is empty', '', 'exports no default', undefined],
    [
      'imports what is not there',
      "import a from './gone.ts';\nexport default a;\n",
      'cannot be loaded: Cannot find module',
      undefined,
    ],
    ['is written in what Node cannot strip', 'enum A { B }\nexport default A;\n', 'cannot be loaded: ', 1],
    ['exports a function', 'export default () => 1;\n', 'a function is not a map', undefined],
    [
      'exports what is no data',
      "export default { id: 10n, title: Symbol('t'), owner: () => 1 };\n",
      'a bigint is not a text',
      undefined,
    ],
  ])('are problems of their file when one %s', async (_what, text, message, line) => {
    const { code, stdout, stderr } = await commandProject({ 'experiments/a.ts': text }).run(
      'check',
      '--json',
    );
    expect([code, stderr]).toEqual([4, '']);
    const problem = inJson(stdout, 'problems', 0);
    expect(problem).toMatchObject({
      file: matching(/experiments\/a\.ts$/),
      message: containing(message),
    });
    expect(inJson(stdout, 'problems', 0, 'line')).toBe(line);
  });
});
