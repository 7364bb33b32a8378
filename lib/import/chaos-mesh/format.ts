import type { ImportFormat } from '../contract.ts';
import { convert } from './convert.ts';
import { isChaosMesh } from './resource.ts';

/** Manifests of Chaos Mesh, of 1.x and 2.x: faults, schedules, workflows and status checks, any number in one file. */
export const chaosMeshFormat: ImportFormat = {
  id: 'chaos-mesh',
  title: 'Chaos Mesh',
  recognises: ({ value }) => isChaosMesh(value),
  convert,
};
