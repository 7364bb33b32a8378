import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { InputError } from './inputs.ts';
import { documentOf, textAt } from './read.ts';

const packageName = 'steadfast-chaos';

type Environment = Readonly<Record<string, string | undefined>>;

/** The program and its first words: a version that is installed for it, else the project's own, else what is on the path. */
export async function findSteadfast(options: {
  readonly version: string;
  readonly folder: string;
  readonly temporary: string;
  readonly env: Environment;
}): Promise<readonly string[]> {
  const { version, folder, temporary, env } = options;
  if (version !== '') return installed(version, temporary, env);
  for (let at = folder; ; at = dirname(at)) {
    for (const root of [join(at, 'node_modules', packageName), at]) {
      const entry = join(root, 'bin', 'steadfast.js');
      if (nameIn(root) === packageName && existsSync(entry)) return [process.execPath, entry];
    }
    if (dirname(at) === at) break;
  }
  const onPath = (env['PATH'] ?? '')
    .split(delimiter)
    .map((one) => join(one, 'steadfast'))
    .find((file) => existsSync(file));
  if (onPath !== undefined) return [onPath];
  throw new InputError(
    `there is no ${packageName} in ${folder}: install the project's packages before (npm ci), or name a version`,
  );
}

/** The name of the package there. */
function nameIn(root: string): string | undefined {
  const file = join(root, 'package.json');
  return existsSync(file) ? textAt(documentOf(readFileSync(file, 'utf8')), 'name') : undefined;
}

async function installed(version: string, temporary: string, env: Environment): Promise<readonly string[]> {
  const root = join(temporary, 'steadfast-installed');
  const words = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', root];
  const { code } = await called(['npm', ...words, `${packageName}@${version}`], { cwd: temporary, env });
  if (code !== 0) throw new InputError(`${packageName}@${version} could not be installed`);
  return [process.execPath, join(root, 'node_modules', packageName, 'bin', 'steadfast.js')];
}

/**
 * Calls a program without a shell and waits for its end. A signal that ends this process is handed on, so that a fault is ended in order
 * before the job is.
 */
export function called(
  [program = '', ...words]: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Environment },
): Promise<{ readonly code: number; readonly stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    const signals = ['SIGINT', 'SIGTERM'] as const;
    const hand = (signal: NodeJS.Signals) => child.kill(signal);
    for (const signal of signals) process.on(signal, hand);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.on('error', (cause) => reject(new InputError(`${program} cannot be started: ${cause.message}`)));
    child.on('close', (code) => {
      for (const signal of signals) process.off(signal, hand);
      // Whoever died of a signal has said nothing: that is a failure of ours.
      resolve({ code: code ?? 70, stdout });
    });
  });
}
