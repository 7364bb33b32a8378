import type { Tolerances } from '../../experiment/tolerance.ts';
import type { ProbeSpec } from '../probe-spec.ts';

/** The spec with the limits that count after the fault: those of `recovered`, where a tolerance sets them apart. */
export function afterFault(spec: ProbeSpec): ProbeSpec {
  const value = spec.tolerances.value;
  if (value?.recovered === undefined) return spec;
  const { recovered, ...allowed } = value;
  const tolerances: Tolerances = { ...spec.tolerances, value: { ...allowed, ...withoutAbsent(recovered) } };
  return { ...spec, tolerances };
}

const withoutAbsent = ({ below, above }: { below?: number | undefined; above?: number | undefined }) => ({
  ...(below === undefined ? {} : { below }),
  ...(above === undefined ? {} : { above }),
});
