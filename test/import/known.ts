import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import type { ImportOptions } from '../../lib/import/import-source.ts';
import { importSource } from '../../lib/import/import-source.ts';
import type { KnownProject } from '../../lib/recipes/known-project.ts';

/** A project without anything in it. */
export const emptyProject: KnownProject = { experiments: [], environments: [], labs: [], paths: {} };

const encoder = new TextEncoder();

/** What comes of a text, in a project that has nothing unless told. */
export const imported = (text: string, options: Partial<ImportOptions> = {}, name = 'file.yaml') =>
  importSource(name, encoder.encode(text), { project: emptyProject, map: {}, fix: false, ...options });

/** A definition of Steadfast's own. */
export const slowShop: ExperimentDefinition = {
  id: 'slow',
  title: 'Slow is fine',
  owner: 'team-shop',
  hypothesis: 'If it is slow, it still answers.',
  steadyState: { page: { http: { service: 'shop', path: '/' }, tolerances: { p95: { below: '250ms' } } } },
  faults: {
    slow: {
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'shop' },
      parameters: { delay: '500ms' },
    },
  },
  stages: [{ share: 'one', duration: '2m' }],
  recovery: { objective: '1m' },
  lab: 'shop',
};
