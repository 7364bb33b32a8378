import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** How a process of its own reads a lab's file: what a lab is, is plain data. */
const script = `
  const [hooks, load, file] = process.argv.slice(1);
  const { resolveLanguage } = await import(hooks);
  const { loadLab } = await import(load);
  resolveLanguage();
  const result = await loadLab(file);
  const read = 'loaded' in result ? { definition: result.loaded.definition } : { problems: result.broken.problems };
  process.stdout.write(JSON.stringify(read), () => process.exit(0));
`;

/** This very source, compiled or not. */
const beside = (name: string): string =>
  new URL(`../definitions/${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;

/**
 * Reads a lab's file in a process of its own, for where this one loads modules in its own way: Jest neither knows what `steadfast-chaos`
 * means in a definition, nor reads TypeScript by itself.
 *
 * @returns what it read, as JSON has it: `definition`, or `problems`
 */
export async function readApart(file: string): Promise<unknown> {
  // Flags of this process are meant for its own loader.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const words = [
    '--input-type=module',
    '--eval',
    script,
    beside('resolve-language'),
    beside('load-definition'),
    file,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, words, { env });
  return JSON.parse(stdout);
}
