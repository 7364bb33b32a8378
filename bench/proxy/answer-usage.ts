/** In a helper's process: tells its ports, and its usage whenever it is asked. */
export function answerUsage(ports: Readonly<Record<string, number>>): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ rssMb: process.memoryUsage.rss() / 2 ** 20, cpuMs: (user + system) / 1_000 });
  });
  // Whoever started it may die first.
  process.on('disconnect', () => process.exit());
  process.send?.({ ports });
}
