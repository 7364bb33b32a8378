import type { Look } from '../../fis/evidence.ts';
import { instancesStopped } from './instances-stopped.ts';
import { instancesTerminated } from './instances-terminated.ts';
import type { LookAtTargets } from './look.ts';
import { tasksStopped } from './tasks-stopped.ts';

/** The looks that the catalogue's evidence names. */
export const looks: Readonly<Record<Look, LookAtTargets>> = {
  'instances-stopped': instancesStopped,
  'instances-terminated': instancesTerminated,
  'tasks-stopped': tasksStopped,
};
