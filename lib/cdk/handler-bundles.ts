import { join } from 'node:path';

/** The functions of the runner, by the file of `lambdas/` that holds each. */
export const handlerNames = ['admit', 'observe', 'fault', 'rollback', 'conclude'] as const;

export type HandlerName = (typeof handlerNames)[number];

/** The folder of each bundled handler: `index.mjs` and its source map. */
export type HandlerBundles = Readonly<Record<HandlerName, string>>;

/** Handlers that were bundled into `outDir` before. */
export function bundlesIn(outDir: string): HandlerBundles {
  const at = (name: HandlerName) => join(outDir, name);
  return {
    admit: at('admit'),
    observe: at('observe'),
    fault: at('fault'),
    rollback: at('rollback'),
    conclude: at('conclude'),
  };
}
