import { type Verdict, worstVerdict } from '../../experiment/verdict.ts';
import { iso } from '../iso.ts';
import type { JournalFinding } from '../journal.ts';
import { pendingOf } from '../live-run.ts';
import type { Ending } from './ending.ts';
import type { JournalDigest, RunUnderWay } from './ports.ts';

/** What is to be said of a run that was ended for it. */
export interface DescribedEnd {
  /** The worst first. */
  readonly findings: readonly JournalFinding[];
  readonly digest: JournalDigest;
}

const finding = (code: string, verdict: Verdict, message: string, hint?: string): JournalFinding => ({
  code,
  verdict,
  message,
  recorded: true,
  ...(hint === undefined ? {} : { hint }),
});

/** Whether any fault of the run may have begun: its ledger is written before each start. */
const faultMayHaveBegun = (run: RunUnderWay, ending: Ending): boolean =>
  ending.stopped.length > 0 || pendingOf(run).some(({ what }) => what !== 'traffic');

/** Everything that bears on the verdict of a run that could not conclude by itself. It is the same whenever it is asked for. */
export function describeEnd(run: RunUnderWay, ending: Ending, unended: readonly string[]): DescribedEnd {
  const { by, how, stopped, rollbacks, trafficProblem } = ending;
  const verdict = by === 'person' ? 'halted' : 'errored';
  const endedBy =
    by === 'person'
      ? finding('ended-by-person', verdict, `The run was ended by a person: ${how}`)
      : finding(
          'runner-died',
          verdict,
          `Steadfast's runner died before it could conclude the run: ${how}`,
          'Look at the log of the function that its execution last called.',
        );
  const findings = [
    endedBy,
    ...unended.map((id) =>
      finding(
        'fault-not-ended',
        'unrecovered',
        `FIS experiment ${id} did not come to an end; it may still be doing harm.`,
        'Stop it in the FIS console, or engage the safety lever.',
      ),
    ),
    ...Object.values(rollbacks)
      .filter(({ result }) => result !== 'proven')
      .map(({ name, result, detail }) =>
        finding(
          result === 'failed' ? 'rollback-failed' : 'rollback-unproven',
          'unrecovered',
          `Rollback ${name} ${result === 'failed' ? 'failed' : 'could not be proven'}: ${detail}.`,
          'What it should have undone may still be there: look, and undo it by hand.',
        ),
      ),
    ...(trafficProblem === undefined
      ? []
      : [finding('traffic-not-stopped', 'errored', `Traffic could not be stopped: ${trafficProblem}.`)]),
    ...(faultMayHaveBegun(run, ending)
      ? [
          finding(
            'recovery-unseen',
            verdict,
            `A fault may have begun${stopped.length === 0 ? '' : ` (${stopped.join(', ')} stopped)`}, and nobody watched whether the system recovered.`,
            'Look at the system, and run the experiment again.',
          ),
        ]
      : []),
  ];
  const worst = worstVerdict(findings.map((one) => one.verdict));
  const sorted = [
    ...findings.filter((one) => one.verdict === worst),
    ...findings.filter((one) => one.verdict !== worst),
  ];
  return {
    findings: sorted,
    digest: {
      runId: run.runId,
      experiment: run.experiment,
      verdict: worst,
      summary: sorted[0]?.message ?? endedBy.message,
      start: iso(run.startedAtMs),
      end: iso(ending.endMs ?? ending.sinceMs),
    },
  };
}
