import * as z from 'zod';
import type { Problem } from '../../experiment/steadfast-error.ts';
import type { FisAction as CatalogueAction, DeclaredName } from '../../fis/action.ts';
import { show } from '../../fis/quantity.ts';
import { alarmArn, automationDefinitionArn, documentArn, type Place } from '../../plan/aws-names.ts';
import { roleParameter } from '../../plan/runbook-role.ts';
import { isArn } from './arn-kinds.ts';
import type { ParsedAction } from './parsed-template.ts';

const parametersSchema = z.record(z.string(), z.unknown());
const text = z.string().regex(/^\S+$/);

/** Stands for a resource where the language reads parameters: it knows what environments declare by logical names. */
const anyName = 'named';

/**
 * Parameters without the resources that they name (documents, alarms, buckets): a template names those themselves, by ARN, id or
 * name, where a definition has the logical names of its environment.
 */
export function withoutNames(
  { fisParameters }: CatalogueAction,
  given: unknown,
  path: Problem['path'],
  place: Place,
): {
  readonly parameters: unknown;
  readonly named: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
} {
  const read = parametersSchema.safeParse(given);
  if (!read.success) return { parameters: given, named: {}, problems: [] };
  const named: Record<string, string> = {};
  const problems: Problem[] = [];
  const parameters = Object.entries(read.data).map(([key, value]) => {
    const parameter = fisParameters[key];
    if (parameter?.names === undefined || value === undefined) return [key, value];
    const isList = parameter.as === 'list';
    const names = isList ? z.array(text).min(1).safeParse(value) : text.safeParse(value);
    if (!names.success) {
      const wanted = isList ? 'a list of texts' : 'a text without white space';
      problems.push({ code: 'wrong-type', path: [...path, key], message: `${show(value)} is not ${wanted}` });
      return [key, isList ? [anyName] : anyName];
    }
    const list = typeof names.data === 'string' ? [names.data] : names.data;
    named[parameter.name] = list.map((name) => meaningOf(parameter.names, name, place)).join(',');
    return [key, isList ? list.map((_, index) => `${anyName}${index}`) : anyName];
  });
  return { parameters: Object.fromEntries(parameters), named, problems };
}

/** What FIS takes for a resource that is named by name or ARN. */
function meaningOf(kind: DeclaredName | undefined, name: string, place: Place): string {
  switch (kind) {
    case 'document':
      return isArn(name) ? name : documentArn(name, place);
    case 'guard':
      return isArn(name) ? name : alarmArn(name, place);
    case 'bucket':
    case 'image':
    case 'prefixList':
    case undefined:
      return name;
  }
}

const runbookRole = z.looseObject({
  parameters: z.looseObject({ [roleParameter]: z.union([z.string(), z.array(z.string())]) }),
});

/** What an action's parameters name that no tag confines: a document, and the role that a runbook takes on. */
export function declaredByParameters(
  { action, fault, named }: ParsedAction,
  place: Place,
): readonly string[] {
  const documents = Object.values(action.fisParameters).flatMap(({ name, names }) =>
    names === 'document' ? (named[name] ?? []) : [],
  );
  const role = runbookRole.safeParse(fault.parameters).data?.parameters[roleParameter];
  return [
    ...documents.flatMap((document) => [document, automationDefinitionArn(document, place)]),
    ...(role === undefined ? [] : [role].flat()),
  ];
}
