import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { buildApp } from '../../lib/cdk/build-app.ts';
import { bundleNames, bundlesIn, type HandlerBundles } from '../../lib/cdk/handler-bundles.ts';
import { environmentSchema } from '../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { environment } from './workload.ts';

/** An app as the cdk command starts it. */
export const createApp = (folder: string): App =>
  new App({
    outdir: join(folder, 'out'),
    context: { ...cdkJson.context, 'aws:cdk:enable-path-metadata': cdkJson.pathMetadata },
    analyticsReporting: false,
  });

/** An environment with experiments, as Steadfast builds it: read, checked, planned, and made into constructs. */
export function addEnvironment(
  app: App,
  experiments: readonly ExperimentDefinition[],
  handlers: HandlerBundles,
): void {
  buildApp({
    app,
    environmentId: environment.id,
    project: {
      experiments: experiments.map((definition) => ({
        definition,
        parsed: experimentSchema.parse(definition),
      })),
      environments: [{ definition: environment, parsed: environmentSchema.parse(environment) }],
    },
    handlers: () => handlers,
  });
}

/** Handlers that stand in for the bundled ones: bundling takes as long for one experiment as for 500. */
export function standInHandlers(folder: string): HandlerBundles {
  for (const name of bundleNames) {
    mkdirSync(join(folder, 'handlers', name), { recursive: true });
    writeFileSync(join(folder, 'handlers', name, 'index.mjs'), 'export const handler = async () => ({});\n');
  }
  return bundlesIn(join(folder, 'handlers'));
}
