import { looksIn, type Times, type Watched } from './scene.ts';
import { latencyBeyond, type Service } from './service.ts';

const medianOf = (service: Service, times: readonly number[]): number =>
  latencyBeyond(
    service,
    0.5,
    times.filter((_, index) => index % Math.max(1, Math.floor(times.length / 100)) === 0),
  );

/**
 * How many times as slow as in the baseline a probe's control is at each of some times: what happens to it as well is not the fault's.
 * 1 where there is no control, or where it has become faster.
 */
export function controlMoves(
  { control }: Watched,
  { faultStart }: Times,
): (times: readonly number[]) => number {
  if (control === undefined) return () => 1;
  const before = medianOf(control.of, looksIn(control, 0, faultStart));
  return (times) => Math.max(1, medianOf(control.of, times) / before);
}
