import {
  paginateGetResources,
  type ResourceGroupsTaggingAPIClient,
  type ResourceTagMapping,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { DescribeStateMachineCommand, type SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { tagKeys } from '../../plan/aws-names.ts';
import type { EnvironmentNames } from '../../plan/environment-names.ts';
import { type RunnerInput, runnerInputSchema } from '../../plan/runner-input.ts';
import { jsonText } from '../../run/json-text.ts';
import { isNamed } from '../aws-error.ts';
import { asking } from './aws-problem.ts';

/** The state machine by which an experiment is started. */
export interface Launcher {
  readonly experiment: string;
  readonly arn: string;
}

/** A launcher with what it would run. */
export interface DescribedLauncher extends Launcher {
  readonly input: RunnerInput;
  /** Whether it can be asked for one stage alone; one that an earlier version deployed runs all of them all the same. */
  readonly hearsOfStages: boolean;
}

/** All launchers of an environment, whichever repository deployed them, in the order of their experiments. */
export async function launchersOf(
  tagging: ResourceGroupsTaggingAPIClient,
  names: EnvironmentNames,
): Promise<Launcher[]> {
  const found: ResourceTagMapping[] = [];
  await asking({ action: 'tag:GetResources' }, async () => {
    const pages = paginateGetResources(
      { client: tagging },
      {
        ResourceTypeFilters: ['states:stateMachine'],
        TagFilters: [{ Key: tagKeys.environment, Values: [names.id] }],
      },
    );
    for await (const { ResourceTagMappingList = [] } of pages) found.push(...ResourceTagMappingList);
  });
  return found
    .flatMap((resource) => launcherOf(resource, names))
    .toSorted((a, b) => a.experiment.localeCompare(b.experiment));
}

/** Launchers that an earlier version deployed have no tag of their experiment: their names hold its id, unless it was too long. */
function launcherOf(
  { ResourceARN: arn, Tags = [] }: ResourceTagMapping,
  names: EnvironmentNames,
): Launcher[] {
  if (arn === undefined) return [];
  const prefix = names.launcher('');
  const name = arn.slice(arn.lastIndexOf(':') + 1);
  const experiment =
    Tags.find(({ Key }) => Key === tagKeys.experiment)?.Value ??
    (name.startsWith(prefix) ? name.slice(prefix.length) : undefined);
  return experiment === undefined ? [] : [{ experiment, arn }];
}

const definitionSchema = z.pipe(
  jsonText,
  z.object({ States: z.object({ Plan: z.object({ Result: z.object({ input: runnerInputSchema }) }) }) }),
);

/** What a launcher would run; undefined where there is no state machine of the ARN. */
export async function describeLauncher(
  sfn: SFNClient,
  launcher: Launcher,
): Promise<DescribedLauncher | undefined> {
  const definition = await asking(
    { action: 'states:DescribeStateMachine', resource: launcher.arn },
    async () => {
      try {
        return (await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: launcher.arn })))
          .definition;
      } catch (thrown) {
        if (isNamed(thrown, 'StateMachineDoesNotExist')) return undefined;
        throw thrown;
      }
    },
  );
  if (definition === undefined) return undefined;
  const read = definitionSchema.safeParse(definition);
  if (!read.success) {
    throw new SteadfastError(
      'cannot-begin',
      `the launcher of '${launcher.experiment}' was deployed by another version of Steadfast than this command is`,
      { hint: 'deploy it again with this version, or use the version that it was deployed with' },
    );
  }
  return {
    ...launcher,
    input: read.data.States.Plan.Result.input,
    hearsOfStages: definition.includes('$$.Execution.Input.stage'),
  };
}
