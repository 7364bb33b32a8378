import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changed } from '../definitions/told.ts';
import { containing } from '../fakes/matching.ts';
import { type CommandProject, commandProject, inJson } from './command.ts';
import { greetingsProject, journalIn, slowNames } from './greetings.ts';

const runsOf = ({ root }: CommandProject): string[] => {
  const folder = join(root, '.steadfast', 'runs');
  return existsSync(folder) ? readdirSync(folder) : [];
};

describe('a rehearsal', () => {
  it('that holds leaves its files and nothing running', async () => {
    const project = commandProject(greetingsProject());
    const { code, stdout, stderr } = await project.run('rehearse', 'slow-names', '--seed', '7');
    expect([code, stderr]).toEqual([0, containing('verdict: held')]);
    expect(stdout).toMatch(
      /held: .*\n[\s\S]*Report: \.steadfast\/runs\/slow-names-\S+\/report\.html\nNext: {3}/,
    );
    const [run = ''] = runsOf(project);
    const folder = join(project.root, '.steadfast', 'runs', run);
    const journal = journalIn(folder);
    expect(journal).toMatchObject({ runId: run, verdict: 'held', mode: 'rehearsal', seed: 7 });
    const samples = readFileSync(join(folder, 'samples.ndjson'));
    expect(journal.samples.sha256).toBe(createHash('sha256').update(samples).digest('hex'));
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
    expect(readdirSync(folder).toSorted()).toEqual(['journal.json', 'logs', 'report.html', 'samples.ndjson']);
    expect(project.processes()).toEqual([]);
  });

  it('with --json has the journal on stdout and nothing else, and no colours where none are wanted', async () => {
    const project = commandProject(greetingsProject(), { NO_COLOR: '1' });
    writeFileSync(join(project.root, 'kept.txt'), 'of someone else');
    const { code, stdout, stderr } = await project.run(
      'rehearse',
      'experiments/slow-names.json',
      '--out',
      '.',
      '--json',
    );
    expect(inJson(stdout)).toEqual(journalIn(project.root));
    expect([code, inJson(stdout, 'verdict')]).toEqual([0, 'held']);
    expect(stderr).not.toContain(String.fromCharCode(27));
    expect(readFileSync(join(project.root, 'kept.txt'), 'utf8')).toBe('of someone else');
    expect(project.processes()).toEqual([]);
  });

  it('ends in order though nobody reads its output any more', async () => {
    const project = commandProject(greetingsProject());
    const { child, ended } = project.start('rehearse', 'slow-names', '--out', 'run', '--json');
    child.stdout?.destroy();
    child.stderr?.destroy();
    expect((await ended).code).toBe(0);
    expect(journalIn(join(project.root, 'run')).verdict).toBe('held');
    expect(project.processes()).toEqual([]);
  });

  it('writes no secret anywhere, though the service says it back', async () => {
    const canary = 'c4n4ry-of-a-secret';
    const headers = { authorization: { secret: 'GREETER_KEY' } };
    const echo =
      "import { createServer } from 'node:http';\ncreateServer((q, s) => s.end(JSON.stringify({ n: q.headers.authorization }))).listen(Number(process.env.PORT), '127.0.0.1');\n";
    const http = { service: 'greeter', path: '/', headers, numberOf: '$.n' };
    const experiment = changed(slowNames, ['steadyState', 'greeting'], {
      http,
      tolerances: { errorRate: { below: '1%' } },
    });
    const files = { ...greetingsProject({ experiment }), 'experiments/labs/greetings/greeter.mjs': echo };
    const project = commandProject(files, { GREETER_KEY: canary });
    const { code, stdout, stderr } = await project.run('rehearse', 'slow-names', '--out', 'run', '--json');
    expect([code, inJson(stdout, 'findings', 0, 'rejection')]).toEqual([4, 'unhealthy']);
    expect(stdout + stderr).not.toContain(canary);
    const written = readdirSync(join(project.root, 'run'), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile(),
    );
    expect(written.length).toBeGreaterThan(3);
    for (const { parentPath, name } of written)
      expect(readFileSync(join(parentPath, name), 'utf8'), name).not.toContain(canary);
    expect(readFileSync(join(project.root, 'run', 'samples.ndjson'), 'utf8')).toContain('***');
  });
});
