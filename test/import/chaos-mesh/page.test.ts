import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { type EnvironmentDefinition, environmentSchema } from '../../../lib/experiment/environment.ts';
import { planTargetOfEnvironment } from '../../../lib/plan/environment-target.ts';
import { blocksOf } from '../../docs/markdown.ts';
import { definitionOf, project, staging } from './examples.ts';

const yaml = blocksOf('docs/how-to/import-from-chaos-mesh.md').filter(({ language }) => language === 'yaml');

/** The block of the page that begins with a key. */
function blockWith(key: string): string {
  const found = yaml.find(({ text }) => text.startsWith(`${key}:`));
  if (found === undefined) throw new Error(`the page shows no ${key}`);
  return found.text;
}

const isEnvironment = (value: unknown): value is EnvironmentDefinition =>
  environmentSchema.safeParse(value).success;

it('comes out as the page shows it, in the environment that it shows', () => {
  const services: unknown = Object(parse(blockWith('services')));
  const environment: unknown = { ...staging, ...Object(services) };
  if (!isEnvironment(environment)) throw new Error('the page shows no services');
  const target = planTargetOfEnvironment(environment, environmentSchema.parse(environment));
  const definition = definitionOf(blockWith('apiVersion'), {
    project: { ...project, environments: [target] },
  });
  expect(definition).toMatchObject(Object(parse(blockWith('faults'))));
});
