import { existsSync } from 'node:fs';
import module from 'node:module';
import { SteadfastError } from '../experiment/steadfast-error.ts';

/** The language of this very Steadfast, compiled or as source. */
function languageUrl(): string {
  const source = new URL('../experiment/index.ts', import.meta.url);
  return existsSync(source) ? source.href : new URL('../experiment/index.js', import.meta.url).href;
}

/** Packages say themselves what their modules are. */
const isOwnFile = (url: string): boolean => url.startsWith('file:') && !url.includes('/node_modules/');

let registered = false;

/**
 * Makes `import ... from 'steadfast-chaos'` in a definition mean the Steadfast that reads it, wherever the definition lies: it works
 * in an empty folder, and the language can never differ from the command.
 *
 * Definitions are ES modules. TypeScript ones are taken for such whatever the package around them says (`npm init` writes
 * `"type": "commonjs"`), and JavaScript ones where it says nothing, so that Node need not guess, nor warn that it had to.
 *
 * @throws SteadfastError `cannot-begin` where Node is too old for it
 */
export function resolveLanguage(): void {
  if (registered) return;
  // Since Node 22.15; by its name, an older one would not even load this file.
  if (module.registerHooks === undefined) {
    throw new SteadfastError(
      'cannot-begin',
      `definitions need Node 22.15 or later, and this is ${process.versions.node}`,
    );
  }
  const language = languageUrl();
  module.registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === 'steadfast-chaos') return { url: language, shortCircuit: true };
      const resolved = next(specifier, context);
      if (!isOwnFile(resolved.url)) return resolved;
      const { pathname } = new URL(resolved.url);
      if (pathname.endsWith('.ts')) return { ...resolved, format: 'module-typescript' };
      if (pathname.endsWith('.js') && (resolved.format ?? undefined) === undefined)
        return { ...resolved, format: 'module' };
      return resolved;
    },
  });
  registered = true;
}
