/** For how long traffic is asked for at a time: a Lambda function that makes it itself may run for 15 minutes. */
const stretchMs = 600_000;

/** Always the same ten minutes, whoever asks and how often: a step that is repeated asks for the same again, not for twice as much. */
export const stretchAt = (ms: number) => {
  const fromMs = Math.floor(ms / stretchMs) * stretchMs;
  return { fromMs, untilMs: fromMs + stretchMs };
};

/** Every stretch that may have been asked for by `nowMs`, since `sinceMs`: the next one is asked for before it begins. */
export function stretchesUntil(
  nowMs: number,
  sinceMs: number,
): { readonly fromMs: number; readonly untilMs: number }[] {
  const first = stretchAt(Math.min(sinceMs, nowMs)).fromMs;
  const count = (stretchAt(nowMs).untilMs - first) / stretchMs + 1;
  return Array.from({ length: count }, (_, index) => stretchAt(first + index * stretchMs));
}
