import { Worker } from 'node:worker_threads';

/**
 * Has worker threads do a share each, until all have done theirs or the time is up. `onMessage` is told of each message as it comes,
 * with the number of the worker.
 */
export async function runInWorkers<Message>(options: {
  readonly module: URL;
  /** What each worker is handed, by its number. */
  readonly shares: readonly unknown[];
  readonly limitMs: number;
  readonly onMessage: (message: Message, worker: number) => void;
}): Promise<void> {
  const { module, shares, limitMs, onMessage } = options;
  const threads = shares.map((workerData) => new Worker(module, { workerData }));
  const timer = setTimeout(() => {
    for (const thread of threads) void thread.terminate();
  }, limitMs);
  try {
    await Promise.all(
      threads.map(
        (thread, worker) =>
          new Promise<void>((resolve, reject) => {
            thread.on('message', (message: Message) => onMessage(message, worker));
            thread.on('error', reject);
            thread.on('exit', () => resolve());
          }),
      ),
    );
  } finally {
    clearTimeout(timer);
  }
}
