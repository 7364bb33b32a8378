import type { Look } from '../../fis/evidence.ts';
import type { LookAtTargets } from './look.ts';
import { tasksStopped } from './tasks-stopped.ts';

/** The looks that the catalogue's evidence names. */
export const looks: Readonly<Record<Look, LookAtTargets>> = {
  'tasks-stopped': tasksStopped,
};
