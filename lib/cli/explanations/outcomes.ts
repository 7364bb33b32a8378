import type { Rejection, Verdict } from '../../experiment/verdict.ts';
import type { Area, Explanation } from './explanation.ts';

const verdictCodes: Readonly<Record<Verdict, Explanation>> = {
  held: {
    means: 'Every tolerance was surely met, every fault bit, and recovery is proven.',
    why: 'It is the only verdict that says that the hypothesis was tested and stood.',
    mend: 'Nothing. Take a harder fault, a larger share, or the next service.',
    example: 'exit code 0',
  },
  deviated: {
    means: 'A tolerance was missed during the fault, or in a soak after it.',
    why: 'The system did what the hypothesis says it does not; the report shows when, and by how much.',
    mend: 'Mend the system, or the hypothesis where it asked too much; then run it again.',
    example: 'exit code 1',
  },
  inconclusive: {
    means: 'Nothing was missed, but the evidence does not carry a verdict.',
    why: 'No data, too little data or a fault that did not bite is never taken for a success.',
    mend: 'Each finding says what was lacking, and what would do.',
    example: 'exit code 2',
  },
  halted: {
    means:
      'A guard, a foreign target, an expired or refused approval or a person ended the run, and nothing was missed.',
    why: 'What was not seen to its end shows nothing, good or bad.',
    mend: 'See why it was ended, and start it again when that is over.',
    example: 'exit code 3',
  },
  rejected: {
    means: 'The run never started; a code says why.',
    why: 'Everything that would spoil a run or harm others is asked before the first fault.',
    mend: 'Look up the code of the rejection.',
    example: 'exit code 4',
  },
  unrecovered: {
    means:
      'Steady state did not come back in time, nobody could see whether it did, or a rollback failed or was not proven.',
    why: 'A system that stays broken after a fault is the worst that an experiment can leave behind.',
    mend: 'Look at the system first, by hand; then at the findings.',
    example: 'exit code 5',
  },
  errored: {
    means: 'Steadfast itself failed. What it had started was stopped.',
    why: 'A failure of the tool says nothing of the system, and must not read as if it did.',
    mend: 'See that nothing is left active, then report it with the journal.',
    example: 'exit code 70',
  },
};

export const verdictArea: Area = {
  id: 'verdicts',
  title: 'Verdicts',
  where: 'As `verdict` of a journal, of a finding, and as the end of a launcher’s execution.',
  docs: 'reference/verdicts-and-exit-codes.md',
  codes: verdictCodes,
};

const rejectionCodes: Readonly<Record<Rejection, Explanation>> = {
  invalid: {
    means: 'The definition cannot be played or planned in this environment or lab.',
    why: 'A definition that is right by itself may name what this place does not have.',
    mend: 'Mend what the findings name.',
    example: 'steadfast check slow-database',
    docs: 'how-to/write-an-experiment.md',
  },
  unhealthy: {
    means: 'Steady state was not met before any fault, or too little was seen to say so.',
    why: 'A system that is not well beforehand cannot show what the fault does to it.',
    mend: 'Mend what fails, or the probe that sees nothing; then start it again.',
    example: 'Before any fault, products: p95 was missed: 310 ms.',
    docs: 'explanation/verdicts.md',
  },
  busy: {
    means: 'Another run touches the same services, or the runs at once, or FIS’s experiments, are used up.',
    why: 'Two faults on one service could not be told apart.',
    mend: 'Wait until the other run has concluded.',
    example: 'steadfast runs --env staging',
    docs: 'explanation/one-run.md',
  },
  blackout: {
    means: 'A blackout or a freeze is on, would begin before the run ended, or cannot be read.',
    why: 'At such times nobody wants a fault, however small.',
    mend: 'Start it after the time that is named, or end the freeze.',
    example: 'steadfast run slow-database --env staging --at 2026-12-07T09:00:00Z',
    docs: 'how-to/keep-runs-from-starting.md',
  },
  guard: {
    means: 'A guard is in alarm, missing or without data, or an incident alarm says that people are busy.',
    why: 'A guard that sees nothing could not end the fault.',
    mend: 'See to the alarm that is named: it must exist, have data, and be OK.',
    example: 'aws cloudwatch describe-alarms --alarm-names shop-errors',
    docs: 'how-to/declare-an-environment.md',
  },
  targets: {
    means:
      'A selector matches nothing, too much, or something that the environment does not own; or the preview failed.',
    why: 'Every resource that could be hit is looked at beforehand, not only the ones that are drawn.',
    mend: 'Mend the tags, the selector or what the environment owns.',
    example: 'steadfast plan slow-database --env staging',
    docs: 'how-to/prepare-targets.md',
  },
  underpowered: {
    means:
      'A stage is too short, or a probe too slow, to show a tolerance to be met, or the recovery to be proven.',
    why: 'A run that cannot tell would cost a fault and end as inconclusive at best.',
    mend: 'Lengthen the stage or raise the rate; the finding says how much would do. --accept-inconclusive runs it all the same.',
    example: 'steadfast rehearse slow-database --accept-inconclusive',
    docs: 'explanation/verdicts.md',
  },
  permission: {
    means: 'AWS refused what the run needs.',
    why: 'A run that may not look or may not stop is not begun.',
    mend: 'Allow the permission that is named to the function or role that is named, most often by deploying again.',
    example: 'npx cdk deploy --all -c env=staging',
    docs: 'reference/permissions.md',
  },
  locked: {
    means: 'A halt was asked for, FIS’s safety lever is engaged, or somebody has paused the experiment.',
    why: 'A person said that nothing is to start, and only a person takes that back.',
    mend: 'Ask whoever is named, then unlock or resume.',
    example: 'steadfast unlock --env staging',
    docs: 'how-to/halt-everything.md',
  },
  outdated: {
    means:
      'The experiment is no longer deployed, or by another plan since, or its scheduled start came too late.',
    why: 'What starts is what was deployed last, at its time, or nothing.',
    mend: 'Deploy the environment whole, and start the launcher anew.',
    example: 'npx cdk deploy --all -c env=staging',
    docs: 'how-to/deploy.md',
  },
  lab: {
    means: 'The lab did not start.',
    why: 'Without all its services a rehearsal would show what is missing, not what the fault does.',
    mend: 'The finding holds the last lines of the service that failed. steadfast doctor looks at the machine.',
    example: 'steadfast doctor',
    docs: 'how-to/write-a-lab.md',
  },
};

export const rejectionArea: Area = {
  id: 'rejections',
  title: 'Why a run was rejected',
  where: 'As `rejection` of a finding, beside the verdict `rejected`.',
  docs: 'reference/verdicts-and-exit-codes.md',
  codes: rejectionCodes,
};

/** A rejected run's findings carry its rejection as their code where no check of admission found it. */
export const rejectedArea: Area = {
  id: 'rejected',
  title: 'Findings of runs that never started',
  where: 'As `code` of a finding in the journal of a run that was rejected before its admission.',
  docs: 'reference/verdicts-and-exit-codes.md',
  codes: Object.fromEntries(
    Object.entries(rejectionCodes).map(([code, explanation]) => [`rejected-${code}`, explanation]),
  ),
};
