const fatalSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const hooks = new Set<() => void>();

function runHooks(): void {
  for (const hook of hooks) hook();
}

function onSignal(signal: NodeJS.Signals): void {
  // Someone else handles the signal and will end the labs in order: the exit hook stands behind them.
  if (process.listenerCount(signal) > 1) return;
  runHooks();
  removeListeners();
  process.kill(process.pid, signal);
}

function addListeners(): void {
  process.on('exit', runHooks);
  for (const signal of fatalSignals) process.on(signal, onSignal);
}

function removeListeners(): void {
  process.off('exit', runHooks);
  for (const signal of fatalSignals) process.off(signal, onSignal);
}

/**
 * Calls `hook`, which must not wait for anything, when this process ends: by itself, by an uncaught error, or by SIGINT,
 * SIGTERM or SIGHUP where nobody else handles them. Whoever does handle them must let the process end.
 *
 * @returns how to take it off again
 */
export function whenThisProcessEnds(hook: () => void): () => void {
  if (hooks.size === 0) addListeners();
  hooks.add(hook);
  return () => {
    if (hooks.delete(hook) && hooks.size === 0) removeListeners();
  };
}
