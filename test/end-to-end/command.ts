import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { valueAt } from '../../lib/definitions/value-at.ts';
import { temporaryProject } from '../definitions/temporary-project.ts';

const ownEntry = join(import.meta.dirname, '..', '..', 'bin', 'steadfast.js');

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the first line of stderr, past or to come, that matches; rejects when the command ends without one. */
  readonly line: (pattern: RegExp) => Promise<string>;
}

/** A project in a folder of its own, whose commands keep what they keep between runs in it, too. */
export interface CommandProject {
  readonly root: string;
  start(...words: readonly string[]): Started;
  run(...words: readonly string[]): Promise<Ended>;
  /** Starts Node itself in the project, as the commands are started. */
  startNode(...words: readonly string[]): Started;
  /** The same, to its end. */
  node(...words: readonly string[]): Promise<Ended>;
  /** The processes that carry this project's environment: commands, and whatever they have started. */
  processes(): readonly number[];
}

/** @param entry the command's, in the project where it is relative; by default that of this checkout */
export function commandProject(
  files: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string>> = {},
  entry = ownEntry,
): CommandProject {
  const root = temporaryProject(files);
  const home = temporaryProject({});
  const tmp = join(home, 'tmp');
  mkdirSync(tmp);
  const startNode = (...words: readonly string[]): Started => {
    const { VITEST: _, NODE_OPTIONS: __, FORCE_COLOR: ___, ...inherited } = process.env;
    const child = spawn(process.execPath, words, {
      cwd: root,
      env: { ...inherited, TMPDIR: tmp, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return follow(child);
  };
  const start = (...words: readonly string[]) => startNode(resolve(root, entry), ...words);
  return {
    root,
    start,
    startNode,
    run: (...words) => start(...words).ended,
    node: (...words) => startNode(...words).ended,
    processes: () => processesWith(`TMPDIR=${tmp}`),
  };
}

function follow(child: ChildProcess): Started {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      for (const listener of listeners) listener();
    });
  }
  const ended = once(child, 'close').then(
    (): Ended => ({ code: child.exitCode, signal: child.signalCode, ...said }),
  );
  return {
    child,
    ended,
    line: async (pattern) => {
      const found = new Promise<string>((resolve) => {
        const look = () => {
          const line = lines.find((one) => pattern.test(one));
          if (line !== undefined) resolve(line);
        };
        listeners.add(look);
        look();
      });
      const over = ended.then(({ code, stderr }) => {
        throw new Error(`it ended with ${code} before it said ${pattern}:\n${stderr}`);
      });
      over.catch(() => undefined);
      return Promise.race([found, over]);
    },
  };
}

/** A part of a JSON text, by its path; throws when the text is anything but one JSON document. */
export const inJson = (text: string, ...path: readonly (string | number)[]): unknown =>
  valueAt(JSON.parse(text), path);

/** The processes whose environment holds an entry (Linux's /proc). */
const processesWith = (entry: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(entry);
      } catch {
        return false; // it has just ended
      }
    })
    .map(Number);
