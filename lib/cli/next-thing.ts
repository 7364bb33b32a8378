import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../definitions/project.ts';
import type { Journal } from '../run/journal.ts';

/**
 * What to try next, in one line: something concrete that this verdict suggests.
 *
 * @param asked how the experiment was named: its id, or the file it is in, which may lie outside of the project
 */
export function nextThing(
  journal: Journal,
  project: Project,
  asked = journal.experiment.importedFrom?.file ?? journal.experiment.id,
): string {
  const { verdict, experiment, seed } = journal;
  const isForeign = experiment.importedFrom !== undefined;
  switch (verdict) {
    case 'held': {
      if (isForeign)
        return `keep it as a definition that can be deployed: npx steadfast import ${asked} --out experiments`;
      const untried = project.experiments.find(
        (other) => other.parsed.lab !== undefined && !wasRehearsed(other.id, project, experiment.id),
      );
      if (untried !== undefined) return `npx steadfast rehearse ${untried.id}   (${untried.parsed.title})`;
      return `raise the fault until it no longer holds, then deploy what you learned: npx cdk deploy --all -c env=<environment>`;
    }
    case 'deviated':
      return `mend what the finding names, then see it hold: npx steadfast rehearse ${asked} --seed ${seed}`;
    case 'inconclusive':
      return `read the findings in the report, then try again: npx steadfast rehearse ${asked} --seed ${seed}`;
    case 'halted':
      return `once it is clear why it was ended: npx steadfast rehearse ${asked}`;
    case 'rejected': {
      // What is wrong with a definition can be seen without a lab; why a lab did not start cannot.
      const isInvalid = journal.findings.some(({ rejection }) => rejection === 'invalid');
      return `mend what the finding names, then: npx steadfast ${isInvalid && !isForeign ? 'check' : 'rehearse'} ${asked}`;
    }
    case 'unrecovered':
      return 'look at the recovery in the report: is the fault really gone, and what does the service still carry with it?';
    case 'errored':
      return 'Steadfast itself failed; the report and the logs beside it say where. Please report it.';
  }
}

/** Whether a run of the experiment is in the project's folder of runs. */
function wasRehearsed(id: string, project: Project, current: string): boolean {
  if (id === current) return true;
  const runs = join(project.root, '.steadfast', 'runs');
  const ofExperiment = new RegExp(`^${id}-\\d{8}T\\d{6}Z-`);
  return existsSync(runs) && readdirSync(runs).some((run) => ofExperiment.test(run));
}
