import {
  type ExperimentSummary,
  type FisClient,
  GetExperimentCommand,
  GetExperimentTemplateCommand,
  paginateListExperiments,
  StopExperimentCommand,
} from '@aws-sdk/client-fis';
import { messageOf } from '../../experiment/steadfast-error.ts';
import { tagKeys } from '../../plan/aws-names.ts';
import { type Experiments, hasEnded, type OwnExperiment } from '../../run/independent/ports.ts';
import { isNamed } from '../aws-error.ts';

/** The mode that FIS tells of; the pinned client has no type for it, and an older one drops it. */
const skipsActions = (summary: object): boolean =>
  'experimentOptions' in summary &&
  typeof summary.experimentOptions === 'object' &&
  summary.experimentOptions !== null &&
  'actionsMode' in summary.experimentOptions &&
  summary.experimentOptions.actionsMode === 'skip-all';

/** The experiments of one environment, as FIS tells of them. */
export function createFisExperiments(options: {
  readonly fis: FisClient;
  readonly environment: string;
}): Experiments {
  const { fis, environment } = options;

  const statusOf = async (id: string): Promise<string> =>
    (await fis.send(new GetExperimentCommand({ id }))).experiment?.state?.status ?? 'unknown';

  /** FIS gives an experiment no tags of its template: one that somebody started by hand is known by its template alone. */
  const isTemplateOurs = async (id: string): Promise<boolean> => {
    try {
      const { experimentTemplate } = await fis.send(new GetExperimentTemplateCommand({ id }));
      return experimentTemplate?.tags?.[tagKeys.environment] === environment;
    } catch (thrown) {
      // Deleted since: nobody can tell any more whose it was, and ours are not deleted before their experiments have ended.
      if (isNamed(thrown, 'ResourceNotFoundException')) return false;
      throw thrown;
    }
  };

  const isOurs = async (experiment: OwnExperiment, tags: ExperimentSummary['tags']): Promise<boolean> => {
    const of = tags?.[tagKeys.environment];
    if (of !== undefined) return of === environment;
    return !hasEnded(experiment) && (await isTemplateOurs(experiment.templateId));
  };

  return {
    all: async () => {
      const own: OwnExperiment[] = [];
      const untold: string[] = [];
      for await (const { experiments = [] } of paginateListExperiments(
        { client: fis },
        { maxResults: 100 },
      )) {
        for (const summary of experiments) {
          const { id, experimentTemplateId, state, creationTime, tags } = summary;
          const runId = tags?.[tagKeys.run];
          const experiment: OwnExperiment = {
            id: id ?? '',
            templateId: experimentTemplateId ?? '',
            status: state?.status ?? 'unknown',
            ...(runId === undefined ? {} : { runId }),
            startedAtMs: creationTime?.getTime() ?? 0,
            skipsActions: skipsActions(summary),
          };
          try {
            if (await isOurs(experiment, tags)) own.push(experiment);
          } catch (cause) {
            untold.push(
              `whose FIS experiment ${experiment.id} is cannot be told, its template ${experiment.templateId} cannot be read: ${messageOf(cause)}`,
            );
          }
        }
      }
      return { own, untold };
    },

    status: statusOf,

    stop: async (id) => {
      try {
        await fis.send(new StopExperimentCommand({ id }));
      } catch (thrown) {
        if (isNamed(thrown, 'ResourceNotFoundException')) return;
        // FIS refuses to stop what has ended as a bad request: whether it has is asked, not read from its words.
        if (isNamed(thrown, 'ValidationException') && hasEnded({ status: await statusOf(id) })) return;
        throw thrown;
      }
    },
  };
}
