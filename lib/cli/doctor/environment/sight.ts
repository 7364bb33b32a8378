import { fisTemplates, type ListedTemplate } from '../../../aws/command/fis-templates.ts';
import { type Launcher, launchersOf } from '../../../aws/command/launchers.ts';
import { parametersUnder } from '../../../aws/command/parameter.ts';
import type { PlanClients } from '../../../aws/command/plan-clients.ts';
import type { Project } from '../../../definitions/project.ts';
import { experimentsIn } from '../../../plan/experiment-list.ts';
import type { Clock } from '../../../run/ports.ts';
import type { OpenEnvironment } from '../../aws/environment.ts';

/** An experiment that a stack lists as deployed. */
export interface Listed {
  readonly stack: string;
  /** The mark of its plan; undefined where an earlier version deployed it. */
  readonly plan: string | undefined;
}

/** An environment as the doctor looks at it. What several looks need is asked once. */
export interface EnvironmentSight {
  readonly opened: OpenEnvironment;
  readonly planClients: Pick<PlanClients, 'cloudWatch' | 'iam'>;
  readonly clock: Clock;
  readonly nowMs: () => number;
  readonly project: () => Promise<Project>;
  /** Of the command that looks. */
  readonly version: string;
  readonly launchers: () => Promise<readonly Launcher[]>;
  /** By experiment. */
  readonly listed: () => Promise<ReadonlyMap<string, Listed>>;
  readonly templates: () => Promise<readonly ListedTemplate[]>;
}

/** Asks once, for whoever asks. */
export function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

export function sightOf(
  options: Pick<EnvironmentSight, 'opened' | 'planClients' | 'clock' | 'project' | 'version'>,
): EnvironmentSight {
  const { names, connection } = options.opened;
  const { fis, ssm, tagging } = connection.clients;
  return {
    ...options,
    nowMs: () => options.clock.timeOfDay?.() ?? options.clock.now(),
    launchers: once(() => launchersOf(tagging, names)),
    listed: once(async () => {
      const lists = await parametersUnder(ssm, names.experimentList);
      return new Map([...lists].flatMap(([name, list]) => listedBy(name, list)));
    }),
    templates: once(() => fisTemplates(fis)),
  };
}

/** A stack's lists are called after it, with a letter behind: `steadfast-staging-core-7` (lib/cdk/listed-experiments.ts). */
const listedBy = (name: string, list: string): [string, Listed][] =>
  [...experimentsIn(list)].map(([experiment, plan]) => [
    experiment,
    { stack: name.replace(/-[0-9a-f]$/, ''), plan },
  ]);
