import type { Finding } from './finding.ts';
import type { ToleranceJudgement } from './judgement.ts';

/** A stage with the time after it, in which no fault was in place. */
interface SoakedStage {
  readonly label: string;
  readonly soak: { readonly tolerances: readonly ToleranceJudgement[] } | undefined;
}

const late = 'The harm came after the fault.';

/** What the time after a stage says; harm there came after the fault. */
export const soakFindings = ({ label, soak }: SoakedStage, index: number): Finding[] =>
  (soak?.tolerances ?? []).flatMap((one): Finding[] => {
    const about = { stage: index, probe: one.probe };
    const where = `In the soak after stage ${label}, ${one.probe}: ${one.tolerance} was`;
    if (one.state === 'met') return [];
    if (one.state === 'missed') {
      const message = `${where} missed: ${one.reason}. ${late}`;
      return [{ code: 'soak-missed', verdict: 'deviated', ...about, message }];
    }
    return [
      {
        code: 'soak-unknown',
        verdict: 'inconclusive',
        ...about,
        message: `${where} not to be known: ${one.reason}.`,
        hint: 'Lengthen the soak, raise the rate of the probe, or see why it saw so little.',
      },
    ];
  });

/** What the watch ended a soak for, where the soak as a whole does not show it. */
export function soakWatchFindings(
  stage: SoakedStage,
  index: number,
  halt: { readonly reason: string } | undefined,
): Finding[] {
  if (halt === undefined || soakFindings(stage, index).some(({ code }) => code === 'soak-missed')) return [];
  const message = `In the soak after stage ${stage.label}, the run was ended: ${halt.reason}. ${late}`;
  return [{ code: 'soak-missed', verdict: 'deviated', stage: index, message }];
}
