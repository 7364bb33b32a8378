import { createPlainView } from './plain-view.ts';
import { createTerminalView } from './terminal-view.ts';
import type { View, ViewOptions } from './view-options.ts';

/** Shows a run while it goes on: redrawn in place on a terminal, else as plain lines. */
export const createView = (options: ViewOptions): View =>
  options.isTerminal ? createTerminalView(options) : createPlainView(options);
