import type { Fetch } from '../../aws/command/aws-time.ts';
import type { Project } from '../../definitions/project.ts';
import { guardsElsewhereLook, guardsLook, ownAlarmsLook } from './environment/alarms.ts';
import { experimentsLook, versionsLook } from './environment/deployed.ts';
import { leftStacksLook, leftTemplatesLook } from './environment/left.ts';
import { lookingLook, operatingLook } from './environment/permissions.ts';
import { clockLook, credentialsLook, regionLook } from './environment/place.ts';
import { activeExperimentsLook, templatesLook } from './environment/quotas.ts';
import { killSwitchLook, pausesLook, safetyLeverLook } from './environment/safety.ts';
import type { EnvironmentSight } from './environment/sight.ts';
import type { Look } from './look.ts';
import { faultsLook } from './machine/faults.ts';
import { diskLook, runsFolderLook, temporaryFolderLook } from './machine/folders.ts';
import { installLook } from './machine/install.ts';
import { leftProcessesLook, leftRunsLook } from './machine/leftovers.ts';
import { loopbackLook } from './machine/loopback.ts';
import { nodeLook } from './machine/node.ts';
import { packagesLook } from './machine/packages.ts';
import { projectLook } from './machine/project.ts';

/** What is looked at without AWS. */
export const machineLooks = (options: {
  readonly root: string;
  readonly project: () => Promise<Project>;
  readonly nowMs: () => number;
}): readonly Look[] => [
  nodeLook(options.root),
  installLook(),
  projectLook(options.project),
  packagesLook(options.project),
  faultsLook(options.project),
  runsFolderLook(options.root),
  diskLook(options.root),
  temporaryFolderLook(),
  loopbackLook(),
  leftProcessesLook(),
  leftRunsLook(options.root, options.nowMs),
];

/** What is looked at in an environment that could be opened. */
export const environmentLooks = (sight: EnvironmentSight, ask?: Fetch): readonly Look[] => [
  credentialsLook(sight),
  regionLook(sight),
  clockLook(sight, ask),
  lookingLook(sight),
  operatingLook(sight),
  activeExperimentsLook(sight),
  templatesLook(sight),
  guardsLook(sight),
  guardsElsewhereLook(sight),
  ownAlarmsLook(sight),
  versionsLook(sight),
  experimentsLook(sight),
  leftStacksLook(sight),
  leftTemplatesLook(sight),
  killSwitchLook(sight),
  safetyLeverLook(sight),
  pausesLook(sight),
];
