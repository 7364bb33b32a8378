import type { ImportOptions } from '../../lib/import/import-source.ts';
import { importSource } from '../../lib/import/import-source.ts';
import type { KnownProject } from '../../lib/recipes/known-project.ts';

/** A project without anything in it. */
export const emptyProject: KnownProject = { experiments: [], environments: [], labs: [], paths: {} };

const encoder = new TextEncoder();

/** What comes of a text, in a project that has nothing unless told. */
export const imported = (text: string, options: Partial<ImportOptions> = {}, name = 'file.yaml') =>
  importSource(name, encoder.encode(text), { project: emptyProject, map: {}, fix: false, ...options });
