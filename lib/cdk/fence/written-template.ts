import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type IPolicyValidationContext, Stack } from 'aws-cdk-lib';
import * as z from 'zod';
import type { Place } from '../../plan/aws-names.ts';

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.unknown().optional(),
});

const templateSchema = z.looseObject({
  Resources: z.record(z.string(), z.unknown()).default({}),
  Outputs: z
    .record(z.string(), z.looseObject({ Value: z.unknown(), Export: z.unknown().optional() }))
    .catch({})
    .default({}),
});

export interface WrittenResource {
  readonly type: string;
  readonly properties: unknown;
}

/** A template of CloudFormation as it was written, and what stands around it. */
export interface WrittenTemplate {
  readonly path: string;
  /** The construct it was made from, where there is one. */
  readonly stack: Stack | undefined;
  /** Where it is deployed; where that is not known, `<account>` and `<region>`. */
  readonly place: Place;
  readonly resources: ReadonlyMap<string, WrittenResource>;
  /** Logical ids of loops and the like, which become resources only when they are deployed, with their text. */
  readonly loops: ReadonlyMap<string, string>;
  readonly outputs: Readonly<Record<string, { readonly Value?: unknown; readonly Export?: unknown }>>;
  /** Of a nested stack: the template that it is in, and the parameters that it is given there. */
  readonly within?: { readonly template: WrittenTemplate; readonly parameters: unknown };
  /** The nested stacks in it, by logical id. */
  readonly nested: ReadonlyMap<string, WrittenTemplate>;
  /** All templates that were written together. */
  readonly all: () => readonly WrittenTemplate[];
}

const unknownPlace: Place = { account: '<account>', region: '<region>' };

/** Every template that an app writes, nested stacks and stages included. `assumed` is where stacks are that do not say it. */
export function writtenTemplates(
  context: IPolicyValidationContext,
  assumed: Partial<Place>,
): readonly WrittenTemplate[] {
  const stacks = context.appConstruct.node.findAll().filter((construct) => Stack.isStack(construct));
  const byFile = new Map(stacks.map((stack) => [stack.templateFile, stack]));
  const childrenOf = Map.groupBy(stacks, (stack) => stack.nestedStackParent);
  const places = new Map(context.stackTemplates.map((template) => [template.templatePath, template]));
  const written: WrittenTemplate[] = [];
  const all = () => written;

  const read = (
    path: string,
    stack: Stack | undefined,
    place: Place,
    within?: { readonly template: WrittenTemplate; readonly id: string },
  ): WrittenTemplate => {
    const { Resources, Outputs } = templateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    const nested = new Map<string, WrittenTemplate>();
    const template: WrittenTemplate = {
      path,
      stack,
      place,
      outputs: Outputs,
      nested,
      all,
      ...resourcesOf(Resources),
      ...(within === undefined
        ? {}
        : { within: { template: within.template, parameters: parametersGiven(within) } }),
    };
    written.push(template);
    for (const child of stack === undefined ? [] : (childrenOf.get(stack) ?? [])) {
      const id = z.string().parse(child.nestedStackParent?.resolve(child.nestedStackResource?.logicalId));
      nested.set(id, read(join(dirname(path), child.templateFile), child, place, { template, id }));
    }
    return template;
  };

  for (const path of context.templatePaths) {
    const { accountId, region } = places.get(path) ?? {};
    read(path, byFile.get(basename(path)), {
      account: accountId ?? assumed.account ?? unknownPlace.account,
      region: region ?? assumed.region ?? unknownPlace.region,
    });
  }
  return written;
}

function resourcesOf(resources: Readonly<Record<string, unknown>>) {
  const known = new Map<string, WrittenResource>();
  const loops = new Map<string, string>();
  for (const [id, resource] of Object.entries(resources)) {
    const { data } = resourceSchema.safeParse(resource);
    if (data === undefined) loops.set(id, JSON.stringify(resource));
    else known.set(id, { type: data.Type, properties: data.Properties });
  }
  return { resources: known, loops };
}

const stackSchema = z.looseObject({ Parameters: z.unknown().optional() });

const parametersGiven = ({ template, id }: { readonly template: WrittenTemplate; readonly id: string }) =>
  stackSchema.safeParse(template.resources.get(id)?.properties).data?.Parameters;
