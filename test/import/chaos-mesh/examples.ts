import type { EnvironmentDefinition } from '../../../lib/experiment/environment.ts';
import type { Field } from '../../../lib/import/field.ts';
import { type ImportOptions, type ImportResult, importSource } from '../../../lib/import/import-source.ts';
import type { KnownProject } from '../../../lib/recipes/known-project.ts';
import { environmentTarget, staging as shopStaging } from '../../plan/examples.ts';
import { definitionsOf } from './told.ts';

const cluster = 'arn:aws:eks:eu-west-1:111111111111:cluster/staging';
const serviceAccount = 'fis';

/** A staging environment with pods: products and checkout by label, search by deployment, and one pod that makes reports. */
export const staging = {
  ...shopStaging,
  services: {
    ...shopStaging.services,
    'product-service': {
      host: 'products.example.com',
      uses: ['database'],
      eks: { cluster, namespace: 'shop-staging', pods: { label: 'app=product-service' }, serviceAccount },
    },
    'checkout-service': {
      url: 'https://checkout.example.com/v1',
      host: 'checkout.example.com',
      uses: ['payment-gateway'],
      eks: {
        cluster,
        namespace: 'shop-staging',
        pods: { label: 'app=checkout-service,tier=web' },
        serviceAccount,
        container: 'checkout',
      },
    },
    search: {
      eks: { cluster, namespace: 'search-staging', pods: { deployment: 'search-api' }, serviceAccount },
    },
    reports: { eks: { cluster, namespace: 'shop-staging', pods: { pod: 'reports-0' }, serviceAccount } },
    'payment-gateway': { host: 'payments.example.com' },
  },
  guards: { ...shopStaging.guards, ownErrors: { metric: 'errorRate', above: 5, for: '2m' } },
} as const satisfies EnvironmentDefinition;

export const production = {
  ...staging,
  id: 'production',
  account: '222222222222',
  tag: { key: 'Env', value: 'production' },
  production: true,
  services: {
    'product-service': {
      eks: {
        cluster: 'arn:aws:eks:eu-west-1:222222222222:cluster/production',
        namespace: 'production',
        pods: { label: 'app=product-service' },
        serviceAccount,
      },
    },
  },
  guards: { ownErrors: { metric: 'errorRate', above: 5, for: '2m' } },
} as const satisfies EnvironmentDefinition;

export const project: KnownProject = {
  experiments: [],
  environments: [environmentTarget(staging), environmentTarget(production)],
  labs: [],
  paths: {},
};

export const imported = (text: string, options: Partial<ImportOptions> = {}): ImportResult =>
  importSource('chaos.yaml', new TextEncoder().encode(text), { project, map: {}, fix: false, ...options });

/** The one definition that came out. */
export function definitionOf(text: string, options: Partial<ImportOptions> = {}) {
  const result = imported(text, options);
  const [definition, ...others] = definitionsOf(result);
  if (definition === undefined || others.length > 0)
    throw new Error(
      `${others.length + (definition === undefined ? 0 : 1)} definitions: ${JSON.stringify(result.refusals)}`,
    );
  return definition;
}

/** The codes of what stands against a text, each with its path. */
export const refusedOf = (text: string, options: Partial<ImportOptions> = {}): string[] =>
  imported(text, options).refusals.map(({ code, path }) => `${code} ${path.join('.')}`);

/** What became of the fields, by path. */
export const fieldsOf = (text: string, options: Partial<ImportOptions> = {}): Record<string, Field> =>
  Object.fromEntries(imported(text, options).fields.map((field) => [field.path.join('.'), field]));

/** A manifest of a fault on the pods of product-service, with the rest of its spec. */
export const manifest = (kind: string, spec: object, rest: object = {}): string =>
  JSON.stringify({
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind,
    metadata: { name: 'it' },
    spec: {
      mode: 'all',
      selector: { namespaces: ['shop-staging'], labelSelectors: { app: 'product-service' } },
      duration: '5m',
      ...spec,
    },
    ...rest,
  });
