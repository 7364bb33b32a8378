import { faultSchema } from '../../experiment/fault.ts';
import type { ReadAction } from './actions.ts';
import { isMap, memberOf, membersOf } from './node.ts';
import { parametersOf } from './parameters.ts';
import type { Course } from './steps.ts';
import { type ReadTarget, readTarget } from './target.ts';
import { fieldOf, pathOf } from './template.ts';
import type { Work } from './work.ts';

/** A fault as a definition writes it, by its name; what it hits is read already. */
export type Faults = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** The targets of a template by name, each read once for all faults that hit it. Those that nothing hits are accounted for. */
export function readTargets(
  actions: readonly ReadAction[],
  { faults }: Course,
  work: Work,
): ReadonlyMap<string, ReadTarget> {
  const { template, ledger } = work;
  const users = Map.groupBy(
    actions.flatMap((read) => {
      const fault = faults.get(read.name);
      return fault === undefined || read.target === undefined
        ? []
        : [{ read, fault, name: read.target.name }];
    }),
    ({ name }) => name,
  );
  const all = fieldOf(template.node, 'targets', template);
  if (all !== undefined && !isMap(all)) work.unreadable(all, 'map of targets');
  else if (all !== undefined && membersOf(all).length === 0) ledger.mapped(all.path, work.to('faults'));
  for (const [name, node] of membersOf(all))
    if (!users.has(name)) ledger.refused(node.path, 'no action hits it');
  return new Map(
    [...users].flatMap(([name, its]) => {
      const target = readTarget(name, its, work);
      return target === undefined ? [] : [[name, target] as const];
    }),
  );
}

/** The fault that an action is; undefined where something of it is refused. */
export function faultOf(
  read: ReadAction,
  name: string,
  targets: ReadonlyMap<string, ReadTarget>,
  work: Work,
): Readonly<Record<string, unknown>> | undefined {
  const { template, ledger } = work;
  const { action, node } = read;
  ledger.mapped(pathOf(node, 'actionId', template), work.to(`faults.${name}.action`));
  const parameters = parametersOf(read, name, work);
  const selector = targets.get(read.target?.name ?? '')?.selector;
  if (action.target !== undefined && selector === undefined) return undefined;
  const bare = { action: action.id, ...(action.target === undefined ? {} : { selector }) };
  const full = { ...bare, parameters };
  if (Object.keys(parameters).length === 0 && faultSchema.safeParse(bare).success) return bare;
  const parsed = faultSchema.safeParse(full);
  if (parsed.success) return full;
  if (work.refusals.length > 0) return undefined;
  const [issue] = parsed.error.issues;
  const own = action.fisParameters[String(issue?.path[1])]?.name;
  const given = fieldOf(node, 'parameters', template);
  work.refuse(memberOf(given, own ?? '')?.path ?? pathOf(node, 'parameters', template), {
    code: 'parameter',
    message:
      own === undefined
        ? `does not fit ${action.id}: ${issue?.message ?? ''}`
        : `${own} ${issue?.message ?? 'is missing'}`,
    hint: `write it as FIS takes it: steadfast faults ${action.id}`,
  });
  return undefined;
}
