import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The page's script as one file that browsers run, with the chart's library in it, and the notice that its licence wants kept. */
export async function bundlePageScript(): Promise<string> {
  const licence = await readFile(new URL('../LICENSE', import.meta.resolve('uplot')), 'utf8');
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./client/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    // Browsers of 2024 and later, as the style sheet needs them too.
    target: 'es2023',
    banner: { js: `/*! Holds uPlot.\n\n${licence.trim()}\n*/` },
    // The package says that its modules do nothing when they are loaded; the page's do.
    ignoreAnnotations: true,
    logLevel: 'error',
  });
  return outputFiles.map(({ text }) => text).join('');
}
