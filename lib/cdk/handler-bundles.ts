import { join } from 'node:path';

/** The functions of the runner, by the file of `lambdas/` that holds each. */
export const handlerNames = ['admit', 'observe', 'fault', 'rollback', 'recover', 'conclude'] as const;

export type HandlerName = (typeof handlerNames)[number];

/** The functions that end runs from outside the runner. */
export const stopNames = ['stop', 'halt', 'end-first'] as const;

export type StopName = (typeof stopNames)[number];

/** The files that every environment needs: those of the runner, what ends runs from outside, what follows campaigns, what writes reports, and what probes from vantage points. */
export const runBundleNames = [...handlerNames, ...stopNames, 'dispatch', 'report', 'probe'] as const;

/** Those that only an environment with game days needs: the protocol's steps, the scribe, the desk that the command asks, and the widget. */
const gameDayBundleNames = ['game-day', 'scribe', 'desk', 'widget'] as const;

/** All files of `lambdas/` that hold a function. */
export const bundleNames = [...runBundleNames, ...gameDayBundleNames] as const;

export type BundleName = (typeof bundleNames)[number];

/** The folder of each bundled handler: `index.mjs` and its source map. */
export type HandlerBundles = Readonly<Record<BundleName, string>>;

/** Handlers that were bundled into `outDir` before. */
export function bundlesIn(outDir: string): HandlerBundles {
  const at = (name: BundleName) => join(outDir, name);
  return {
    admit: at('admit'),
    observe: at('observe'),
    fault: at('fault'),
    rollback: at('rollback'),
    recover: at('recover'),
    conclude: at('conclude'),
    stop: at('stop'),
    halt: at('halt'),
    'end-first': at('end-first'),
    dispatch: at('dispatch'),
    report: at('report'),
    probe: at('probe'),
    'game-day': at('game-day'),
    scribe: at('scribe'),
    desk: at('desk'),
    widget: at('widget'),
  };
}
