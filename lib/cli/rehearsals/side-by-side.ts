/**
 * Carries out jobs, so many at once, in their order. Once `signal` aborts, no other one is begun.
 *
 * @returns what each gave; undefined for one that was not begun
 */
export async function sideBySide<Job, Result>(
  jobs: readonly Job[],
  atOnce: number,
  carryOut: (job: Job) => Promise<Result>,
  signal: AbortSignal,
): Promise<(Result | undefined)[]> {
  const results: (Result | undefined)[] = jobs.map(() => undefined);
  const left = jobs.entries();
  const worker = async () => {
    for (const [index, job] of left) {
      if (signal.aborted) return;
      results[index] = await carryOut(job);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, jobs.length) }, worker));
  return results;
}
