import { experimentSchema } from '../../../lib/experiment/experiment.ts';
import type { Field } from '../../../lib/import/field.ts';
import { type ImportOptions, type ImportResult, importSource } from '../../../lib/import/import-source.ts';
import type { KnownProject } from '../../../lib/recipes/known-project.ts';
import { untestedShop } from '../../recipes/examples.ts';

export { untestedShop as project };

export const nowhere: KnownProject = { experiments: [], environments: [], labs: [], paths: {} };

/** What comes of a document, written as JSON. */
export const importing = (document: unknown, options: Partial<ImportOptions> = {}): ImportResult =>
  importSource('experiment.json', new TextEncoder().encode(JSON.stringify(document)), {
    project: untestedShop,
    map: {},
    fix: false,
    format: 'chaos-toolkit',
    ...options,
  });

/** The format that a document is recognised as. */
export const recognised = (document: unknown): string | undefined =>
  importSource('experiment.json', new TextEncoder().encode(JSON.stringify(document)), {
    project: untestedShop,
    map: {},
    fix: false,
  }).format;

/** The one definition that came out, read. */
export function definitionIn(result: ImportResult) {
  const [first, ...others] = result.definitions;
  if (first === undefined || first.kind !== 'experiment' || others.length > 0)
    throw new Error(`no single definition: ${JSON.stringify(result.refusals)}`);
  experimentSchema.parse(first.definition);
  return first.definition;
}

/** What became of the field at a path, such as `method.0.name`. */
export function fieldAt({ fields }: ImportResult, path: string): Field {
  const found = fields.filter((field) => field.path.join('.') === path);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} fields at ${path}`);
  return only;
}

/** What Chaos Toolkit puts the value of a name in for. */
export const placeholder = (name: string): string => `\${${name}}`;

export const httpProbe = (
  more: Readonly<Record<string, unknown>> = {},
  provider: Readonly<Record<string, unknown>> = {},
) => ({
  name: 'products-come',
  type: 'probe',
  tolerance: 200,
  provider: { type: 'http', url: 'https://api.example.com/products', ...provider },
  ...more,
});

export const python = (module: string, func: string, args: Readonly<Record<string, unknown>> = {}) => ({
  name: func.replaceAll('_', '-'),
  type: 'action',
  provider: { type: 'python', module, func, arguments: args },
});

export const addLatency = python('chaosnetwork.actions', 'add_latency', {
  delay: '500ms',
  target: 'postgres',
});

/** An experiment with one probe and one fault, and whatever else is given. */
export const experiment = (more: Readonly<Record<string, unknown>> = {}) => ({
  title: 'A slow database',
  description: 'The shop answers from its cache.',
  'steady-state-hypothesis': { title: 'Products come', probes: [httpProbe()] },
  method: [addLatency],
  ...more,
});

/** The same with other tolerances, or other fields, of its probe. */
export const probing = (
  more: Readonly<Record<string, unknown>>,
  provider: Readonly<Record<string, unknown>> = {},
) =>
  experiment({ 'steady-state-hypothesis': { title: 'Products come', probes: [httpProbe(more, provider)] } });

/** The practice's own experiment. */
export const practice = {
  version: '1.0.0',
  title: 'Slow database response causes graceful degradation',
  description: 'Add 500ms latency to DB connection and verify app still serves from cache',
  'steady-state-hypothesis': {
    title: 'Service responds in under 2s',
    probes: [
      {
        name: 'homepage-responds-in-time',
        type: 'probe',
        provider: { type: 'http', url: 'https://api.myapp.com/products', timeout: 2.0, expected_status: 200 },
      },
    ],
  },
  method: [
    {
      type: 'action',
      name: 'add-network-latency',
      provider: {
        type: 'python',
        module: 'chaosnetwork.actions',
        func: 'add_latency',
        arguments: { delay: '500ms', target: 'postgres' },
      },
    },
  ],
  rollbacks: [
    {
      type: 'action',
      name: 'remove-latency',
      provider: {
        type: 'python',
        module: 'chaosnetwork.actions',
        func: 'remove_latency',
        arguments: { target: 'postgres' },
      },
    },
  ],
};

/** What comes of one action of the method. */
export const acting = (
  action: unknown,
  options: Partial<ImportOptions> = {},
  more: Readonly<Record<string, unknown>> = {},
) => importing(experiment({ method: [action], ...more }), options);

/** The one fault that comes of an action, and its stage. */
export function faultOf(action: unknown, options: Partial<ImportOptions> = {}) {
  const { faults, stages } = definitionIn(acting(action, options));
  return { fault: Object.values(faults)[0], share: stages[0]?.share };
}

/** Where the provider of the one probe stands. */
export const provider = 'steady-state-hypothesis.probes.0.provider';

export const probeOf = (result: ImportResult) => definitionIn(result).steadyState['products-come'];

/** The probe that comes of a provider's fields. */
export const asking = (
  fields: Readonly<Record<string, unknown>>,
  options: Partial<ImportOptions> = {},
  more: Readonly<Record<string, unknown>> = {},
) => importing({ ...probing({}, fields), ...more }, options);

export const questions = (result: ImportResult): string =>
  result.decisions.map(({ question }) => question).join('\n');
