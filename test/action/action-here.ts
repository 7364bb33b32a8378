import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { temporaryProject } from '../definitions/temporary-project.ts';

const root = join(import.meta.dirname, '..', '..');

/** What a stand-in for the command says and leaves; by the words that it is called with, as far as they are named. */
export interface Answer {
  readonly when: string;
  readonly exit: number;
  readonly prints: unknown;
  /** Files that it writes, by the option that names where: `--junit`. */
  readonly leaves?: Readonly<Record<string, string>>;
  readonly says?: string;
  /** It ends only when a signal tells it to. */
  readonly waits?: true;
}

/** The words that action.yml calls Node with, before the script. */
const flags = [
  ...readFileSync(join(root, 'action.yml'), 'utf8').matchAll(/ (--[\w=-]+)(?= .*action\/main\.ts)/gi),
].map(([, flag = '']) => flag);

/** The stand-in: a program that is called as the command is. */
const standIn = (answers: readonly Answer[], log: string): string => `#!/usr/bin/env node
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');
const words = process.argv.slice(2);
appendFileSync(${JSON.stringify(log)}, JSON.stringify(words) + '\\n');
const answer = ${JSON.stringify(answers)}.find(({ when }) => words.join(' ').startsWith(when));
for (const [option, text] of Object.entries(answer.leaves ?? {})) {
  const file = words[words.indexOf(option) + 1] + (option === '--out' ? '/report.html' : '');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
process.stderr.write(answer.says ?? '');
const end = () => {
  process.stdout.write(typeof answer.prints === 'string' ? answer.prints : JSON.stringify(answer.prints));
  process.exitCode = answer.exit;
};
if (answer.waits) {
  const timer = setInterval(() => {}, 1000);
  process.on('SIGINT', () => { clearInterval(timer); appendFileSync(${JSON.stringify(log)}, '"SIGINT"\\n'); end(); });
  process.stderr.write('waiting\\n');
} else end();
`;

/** A job of GitHub's that uses the action in a project: what its runner gives a step, and what is left of it. */
export function jobIn(
  files: Readonly<Record<string, unknown>>,
  answers?: readonly Answer[],
  program = 'steadfast',
) {
  const folder = temporaryProject(files);
  const outside = temporaryProject({ output: '', summary: '' });
  const [log, bin, temporary] = ['calls', 'bin', 'temp'].map((name) => join(outside, name));
  for (const one of [bin, temporary]) mkdirSync(one ?? '', { recursive: true });
  const stub = join(bin ?? '', program);
  const real = `#!/bin/sh\nexec node ${JSON.stringify(join(root, 'bin', 'steadfast.js'))} "$@"\n`;
  writeFileSync(stub, answers === undefined ? real : standIn(answers, log ?? ''));
  chmodSync(stub, 0o755);
  const read = (name: string) => readFileSync(join(outside, name), 'utf8');

  const start = (inputs: Readonly<Record<string, string>>) => {
    const given = Object.entries(inputs).map(([name, value]): [string, string] => [
      `STEADFAST_INPUT_${name.toUpperCase().replaceAll('-', '_')}`,
      value,
    ]);
    const child = spawn(process.execPath, [...flags, join(root, 'action', 'main.ts')], {
      cwd: folder,
      env: {
        PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
        HOME: outside,
        GITHUB_WORKSPACE: folder,
        GITHUB_OUTPUT: join(outside, 'output'),
        GITHUB_STEP_SUMMARY: join(outside, 'summary'),
        RUNNER_TEMP: temporary,
        ...Object.fromEntries(given),
      },
    });
    const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
    const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1))).then(
      async (code) => ({ code, stdout: await stdout, stderr: await stderr }),
    );
    return { child, ended };
  };

  return {
    folder,
    temporary: temporary ?? '',
    start,
    run: (inputs: Readonly<Record<string, string>>) => start(inputs).ended,
    /** The words of each call of the command. */
    calls: (): unknown[] =>
      existsSync(log ?? '')
        ? read('calls')
            .split('\n')
            .filter(Boolean)
            .map((line): unknown => JSON.parse(line))
        : [],
    summary: () => read('summary'),
    outputs: () =>
      Object.fromEntries(
        [...read('output').matchAll(/^([\w-]+)<<(.+)\n([\s\S]*?)\n\2$/gm)].map(
          ([, name = '', , value = '']) => [name, value],
        ),
      ),
  };
}
