import type { RunContext } from './context.ts';
import type { RunStore } from './ports.ts';

/** The same run, with another store in place of its own. */
export const withStore = (context: RunContext, store: RunStore): RunContext => ({
  ...context,
  ports: { ...context.ports, store },
});
