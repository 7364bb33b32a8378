import type { Journal } from '../../run/journal.ts';

/** What to do next after a run in AWS, in one line. */
export function nextInAws({ verdict, experiment, environment, runId }: Journal): string {
  const { id } = environment;
  switch (verdict) {
    case 'held':
      return `see what it says of the services: npx steadfast runs --env ${id} --experiment ${experiment.id}`;
    case 'deviated':
      return `mend what the finding names, then see it hold: npx steadfast run ${experiment.id} --env ${id}`;
    case 'inconclusive':
      return `read the findings in the report, then try again: npx steadfast run ${experiment.id} --env ${id}`;
    case 'halted':
      return `once it is clear why it was ended: npx steadfast run ${experiment.id} --env ${id}`;
    case 'rejected':
      return `mend what the finding names, then: npx steadfast run ${experiment.id} --env ${id}`;
    case 'unrecovered':
      return `look at the service now: is the fault really gone? npx steadfast show ${runId} --env ${id} links to its FIS experiments`;
    case 'errored':
      return `Steadfast itself failed: npx steadfast show ${runId} --env ${id} says what is left to do. Please report it.`;
  }
}
