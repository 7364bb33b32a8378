import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scripts } from '../../lib/cli/completion/scripts.ts';
import { temporaryProject } from '../definitions/temporary-project.ts';

const entry = join(import.meta.dirname, '..', '..', 'bin', 'steadfast.js');

/** A project whose shells find the command by its name. */
function shellIn(shell: string, args: readonly string[], script: string): string {
  const root = temporaryProject({
    'experiments/slow-database.yaml': "id: slow-database\ntitle: It's slow: very\n",
    'experiments/slow cache.yaml': 'id: slow-cache\ntitle: A slow cache\n',
    'experiments/environments/staging.yaml': 'id: staging\n',
    'my notes/notes.md': '',
    completion: scripts.bash,
    'completion.zsh': scripts.zsh,
    'completion.fish': scripts.fish,
    script,
  });
  const bin = join(root, 'bin');
  mkdirSync(bin);
  const command = join(bin, 'steadfast');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@"\n`);
  chmodSync(command, 0o755);
  return execFileSync(shell, [...args, join(root, 'script')], {
    cwd: root,
    encoding: 'utf8',
    timeout: 30_000,
    env: {
      ...process.env,
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      HOME: root,
      TERM: 'xterm',
      LC_ALL: 'C.UTF-8',
    },
  });
}

const isInstalled = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

/** What is typed before Tab where each key costs a start of the command: an id with colons, one in quotes, a file. */
const few = ['steadfast faults aws:ecs:stop', "steadfast run 'slow-d", 'steadfast judge my\\ no'];

describe('Bash', () => {
  it('completes commands, ids with colons, values of options, quoted words and files', () => {
    const told = shellIn(
      'bash',
      ['--norc', '--noprofile'],
      `source completion
try() {
  COMP_LINE=$1 COMP_POINT=\${#1}
  local words; read -ra words <<< "$1"
  _steadfast steadfast "\${words[@]: -1}" x
  printf '%s|' "\${COMPREPLY[@]}"; echo
}
try 'steadfast reh'
try 'steadfast faults aws:ecs:stop'
try 'steadfast run x --env=sta'
try "steadfast run 'slow-d"
try 'steadfast judge my\\ no'
try 'steadfast run slow-'
`,
    ).split('\n');
    expect(told).toEqual([
      'rehearse|',
      'stop-task|',
      'staging|',
      'slow-database|',
      'my notes|',
      'slow-cache|slow-database|',
      '',
    ]);
  });
});

describe('fish', () => {
  it.skipIf(!isInstalled('fish'))('completes the same (skipped where fish is not installed)', () => {
    const script = `source completion.fish\n${few.map((typed) => `complete -C "${typed.replaceAll('\\', '\\\\')}"\necho .`).join('\n')}\n`;
    const told = shellIn('fish', ['--no-config'], script).split('\n.\n');
    expect(told[0]).toMatch(/^aws:ecs:stop-task\t/);
    expect(told[1]).toBe("slow-database\tIt's slow: very");
    expect(told[2]).toMatch(/^my notes\//);
  });
});

describe('Zsh', () => {
  it.skipIf(!isInstalled('zsh'))('completes the same at Tab (skipped where Zsh is not installed)', () => {
    const typed = few.map((line) => `try ${quoted(line)}`).join('\n');
    const told = shellIn(
      'zsh',
      ['-f'],
      `zmodload zsh/zpty
zpty z zsh -f -i
upto() { local got; all=; while zpty -r z got; do all+=$got; [[ $all == *$1* ]] && return; done }
zpty -w z 'PS1=; autoload -Uz compinit; compinit -u -D; source completion.zsh; bindkey "^Xd" _shown; _shown() { print -r -- "<$BUFFER>"; }; zle -N _shown; print RE""ADY'
upto READY
try() { zpty -w -n z "$1"$'\\t\\x18d'; upto '>'; print -r -- "\${\${all##*\\<}%%\\>*}"; zpty -w -n z $'\\x15'; }
${typed}
`,
    );
    expect(told.split('\n').map((line) => line.trim())).toEqual([
      'steadfast faults aws:ecs:stop-task',
      "steadfast run 'slow-database'",
      'steadfast judge my\\ notes/',
      '',
    ]);
  });
});

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
