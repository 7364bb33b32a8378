import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** The language of this very Steadfast, compiled or as source. */
function languageUrl(): string {
  const source = new URL('../experiment/index.ts', import.meta.url);
  return existsSync(source) ? source.href : new URL('../experiment/index.js', import.meta.url).href;
}

let registered = false;

/**
 * Makes `import ... from 'steadfast-chaos'` in a definition mean the Steadfast that reads it, wherever the definition lies: it works
 * in an empty folder, and the language can never differ from the command.
 */
export function resolveLanguage(): void {
  if (registered) return;
  registered = true;
  const url = languageUrl();
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'steadfast-chaos' ? { url, shortCircuit: true } : next(specifier, context),
  });
}
