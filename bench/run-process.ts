import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The command's entry. */
export const command = fileURLToPath(new URL('../bin/steadfast.js', import.meta.url));

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs Node with arguments to its end; its wall-clock time in milliseconds, its exit code, and what it wrote to stdout. */
export async function runNode(
  args: readonly string[],
): Promise<{ ms: number; code: number | null; stdout: string }> {
  const startMs = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'close');
  return {
    ms: performance.now() - startMs,
    code: child.exitCode,
    stdout: Buffer.concat(chunks).toString('utf8'),
  };
}
