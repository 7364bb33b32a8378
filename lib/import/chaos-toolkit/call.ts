import { isData, type Node, textOf, under } from '../drafting/node.ts';
import { approximated, mapped, refused } from '../drafting/work.ts';
import type { Activity } from './activity.ts';
import { type Substituted, substitute } from './substitute.ts';
import type { ToolkitWork } from './toolkit-work.ts';

/** A call of a Python function. */
export interface Call {
  readonly work: ToolkitWork;
  /** The name of what comes of it, in the definition. */
  readonly name: string;
  readonly activity: Activity;
  readonly module: string;
  readonly func: string;
  readonly arguments: Node | undefined;
}

/** The call of a python provider; undefined where it names no function. */
export function callOf(work: ToolkitWork, activity: Activity, name: string): Call | undefined {
  const { provider } = activity;
  const module = textOf(under(provider, 'module'));
  const func = textOf(under(provider, 'func'));
  if (module === undefined || func === undefined) return undefined;
  return { work, name, activity, module, func, arguments: under(provider, 'arguments') };
}

/** An argument after substitution; undefined where it is not given, or is null as where it is not given. */
export function argument(call: Call, name: string): Substituted | undefined {
  const node = under(call.arguments, name);
  return node === undefined || node.value === null ? undefined : substitute(call.work, node.value);
}

export const textArgument = (call: Call, name: string): string | undefined => {
  const value = argument(call, name)?.value;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

/** A number, or a text that is one. */
export const numberArgument = (call: Call, name: string): number | undefined => {
  const value = argument(call, name)?.value;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

export const argumentMapped = (call: Call, name: string, to: string): void =>
  mapped(call.work, under(call.arguments, name), to);

export const argumentApproximated = (call: Call, name: string, to: string, why: string): void =>
  approximated(call.work, under(call.arguments, name), to, why);

export const argumentRefused = (call: Call, name: string, why: string): void =>
  refused(call.work, under(call.arguments, name), why);

/** Speaks of the provider's fields, and of the arguments that nothing else has spoken of. */
export function sayProvider(call: Call, at: string): void {
  const { work, activity } = call;
  const { provider } = activity;
  mapped(work, under(provider, 'module'), at);
  mapped(work, under(provider, 'func'), at);
  mapped(
    work,
    under(provider, 'secrets'),
    `${at}: roles that the environment declares take the place of credentials`,
  );
  refused(work, under(provider, 'timeout'), 'a fault lasts as long as its stage, and is stopped then');
  const all = call.arguments;
  if (all === undefined) return;
  const isNone = all.value === null || (isData(all.value) && Object.keys(all.value).length === 0);
  if (isNone) mapped(work, all, `${at}: none`);
  else
    refused(
      work,
      all,
      `${call.module}.${call.func} is not known to have this argument, or nothing here takes its place`,
    );
}
