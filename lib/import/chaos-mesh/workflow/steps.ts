import { valueAt } from '../../../definitions/value-at.ts';
import { isData } from '../../drafting/node.ts';
import type { Path } from '../../field.ts';
import type { Account } from '../account.ts';
import { chaosKindOf, embeddedKey } from '../fields/chaos-fields.ts';
import { goDurationMs } from '../go-duration.ts';
import type { Injection } from '../injection.ts';
import type { StatusCheck } from '../status-check.ts';

/** One step of a workflow, in the order in which they come. */
export type Step =
  | { readonly faults: readonly Injection[]; readonly name: string }
  | { readonly pauseMs: number; readonly path: Path }
  | { readonly check: StatusCheck };

/** A workflow, by itself or in a schedule. */
export interface Workflow {
  readonly account: Account;
  readonly at: Path;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly namespace?: { readonly name: string; readonly path: Path };
}

/** More steps than any workflow that people keep; templates that use each other twice over would make millions. */
const mostSteps = 100;

interface Template {
  readonly name: string;
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly at: Path;
}

/** A walk through the templates. */
interface Walk {
  readonly workflow: Workflow;
  readonly templates: ReadonlyMap<string, Template>;
  readonly steps: Step[];
  /** How many templates were walked through, one that is used twice being two. */
  visits: number;
}

/** The steps of a workflow; says of what stands in none of them why. Refusals stand in its account. */
export function stepsOf(workflow: Workflow): readonly Step[] {
  const { account, at, spec } = workflow;
  const templates = new Map(templatesIn(workflow).map((template) => [template.name, template]));
  const walk: Walk = { workflow, templates, steps: [], visits: 0 };
  const entry = spec['entry'];
  account.mapped([...at, 'entry'], 'the first step');
  visit(typeof entry === 'string' ? entry : '', [...at, 'entry'], walk, []);
  return account.refusals.length > 0 ? [] : walk.steps;
}

function templatesIn({ spec, at, account }: Workflow): Template[] {
  const written = valueAt(account.document.value, [...at, 'templates']);
  const all: readonly unknown[] = Array.isArray(written) ? written : [];
  const kept: readonly unknown[] = Array.isArray(spec['templates']) ? spec['templates'] : [];
  return all.flatMap((one, index): Template[] => {
    const name = String(valueAt(one, ['name']));
    const fields = kept.find((other) => valueAt(other, ['name']) === name);
    if (!isData(fields)) return [];
    return [{ name, type: String(fields['templateType']), fields, at: [...at, 'templates', index] }];
  });
}

function visit(name: string, from: Path, walk: Walk, above: readonly string[]): void {
  const { account } = walk.workflow;
  const template = walk.templates.get(name);
  walk.visits += 1;
  if (account.refusals.length > 0) return;
  if (template === undefined || above.includes(name) || walk.visits > mostSteps) {
    const [code, message] =
      template === undefined
        ? ['unknown-step', 'names no template of the workflow']
        : above.includes(name)
          ? ['endless', 'leads back to a step that it is part of']
          : ['too-many-steps', `has more than ${mostSteps} steps`];
    account.refuse(code, from, message, 'write the steps out, one after the other');
    return;
  }
  say(template, account);
  if (template.type === 'Serial') {
    for (const [index, child] of childrenOf(template).entries())
      visit(child, [...template.at, 'children', index], walk, [...above, name]);
    return;
  }
  if (template.type === 'Parallel') together(template, walk);
  else one(template, walk);
}

function say({ at, type }: Template, account: Account): void {
  account.mapped([...at, 'name'], 'a step');
  account.mapped([...at, 'templateType'], 'a step');
  if (type !== 'Serial' && type !== 'Parallel') return;
  account.mapped(
    [...at, 'children'],
    type === 'Serial' ? 'stages, or experiments of their own' : 'faults at once',
  );
  account.approximated(
    [...at, 'deadline'],
    'stages',
    'every step has an end of its own, and nothing ends them together',
  );
}

const childrenOf = ({ fields }: Template): string[] =>
  Array.isArray(fields['children']) ? fields['children'].map(String) : [];

/** What goes on at once: faults, and checks meanwhile. Rows of steps beside each other have no place in a stage. */
function together(template: Template, walk: Walk): void {
  const { account } = walk.workflow;
  const faults: Injection[] = [];
  for (const [index, child] of childrenOf(template).entries()) {
    const found = walk.templates.get(child);
    const injection = found === undefined ? undefined : injectionOf(found, walk.workflow);
    if (found === undefined || (injection === undefined && found.type !== 'StatusCheck')) {
      account.refuse(
        'not-at-once',
        [...template.at, 'children', index],
        'is neither a fault nor a check: only those can go on at once',
        'put the faults that belong together in a Parallel step, and these one after the other',
      );
      return;
    }
    say(found, account);
    if (injection === undefined) one(found, walk);
    else faults.push(injection);
  }
  if (faults.length > 0) walk.steps.push({ faults, name: template.name });
}

function one(template: Template, walk: Walk): void {
  const { account } = walk.workflow;
  const { at, fields, name, type } = template;
  const injection = injectionOf(template, walk.workflow);
  if (injection !== undefined) walk.steps.push({ faults: [injection], name });
  else if (type === 'StatusCheck' && isData(fields['statusCheck'])) {
    const check = { account, name, at: [...at, 'statusCheck'], spec: fields['statusCheck'] };
    walk.steps.push({ check });
    account.mapped([...at, 'abortWithStatusCheck'], 'steadyState: a missed tolerance ends the fault');
    account.approximated(
      [...at, 'deadline'],
      'steadyState',
      'it looks before the fault, all the while, and after it',
    );
  } else if (type === 'Suspend') pause(template, walk);
  else account.refuse(...refusedType(template));
}

function pause({ at, fields }: Template, walk: Walk): void {
  const path = [...at, 'deadline'];
  const ms = goDurationMs(String(fields['deadline']));
  if (ms !== undefined && ms > 0) walk.steps.push({ pauseMs: ms, path });
  else
    walk.workflow.account.refuse(
      'no-duration',
      path,
      'does not say how long nothing is to happen',
      'write a length of time, such as 90s or 2h45m',
    );
}

function injectionOf({ at, fields, name, type }: Template, workflow: Workflow): Injection | undefined {
  const kind = chaosKindOf(type);
  const held = kind === undefined ? undefined : fields[embeddedKey[kind]];
  if (kind === undefined || !isData(held)) return undefined;
  const { account, namespace } = workflow;
  return {
    account,
    kind,
    at: [...at, embeddedKey[kind]],
    spec: held,
    name,
    deadline: [...at, 'deadline'],
    ...(namespace === undefined ? {} : { namespace }),
  };
}

function refusedType({ at, type }: Template): [code: string, path: Path, message: string, hint: string] {
  const path = [...at, 'templateType'];
  if (type === 'Task') {
    return [
      'no-task',
      path,
      'runs a container of its own, whose result may decide what comes next',
      'write what it undoes as a rollback, the load it makes as traffic, and what it decides as an approval, and remove the step',
    ];
  }
  if (type === 'Schedule')
    return ['nested-schedule', path, 'is a schedule within a workflow', 'write it as a Schedule of its own'];
  return [
    'unknown-step',
    path,
    'is no step that is taken in, or there is nothing under its key',
    `write Serial, Parallel, Suspend, StatusCheck or one of ${Object.keys(embeddedKey).join(', ')}`,
  ];
}
