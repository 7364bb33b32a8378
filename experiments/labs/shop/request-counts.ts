/** The stretch over which the share of errors is told. */
const windowMs = 3_000;

/** Counts answers, and the errors among those of the last seconds. */
export function requestCounts() {
  let requests = 0;
  let errors = 0;
  let recent: { readonly atMs: number; readonly error: boolean }[] = [];
  const forget = () => {
    const fromMs = performance.now() - windowMs;
    const firstKept = recent.findIndex(({ atMs }) => atMs >= fromMs);
    recent = firstKept === -1 ? [] : recent.slice(firstKept);
  };
  return {
    add: (error: boolean) => {
      requests += 1;
      if (error) errors += 1;
      recent.push({ atMs: performance.now(), error });
      if (recent.length > 10_000) forget();
    },
    /** `errorShare` is that of the last three seconds; 0 when nobody asked. */
    read: () => {
      forget();
      const recentErrors = recent.filter(({ error }) => error).length;
      return { requests, errors, errorShare: recent.length === 0 ? 0 : recentErrors / recent.length };
    },
  };
}
