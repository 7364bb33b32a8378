import { ownOf } from '../../drafting/node.ts';
import type { Call } from '../call.ts';
import { chaosaws } from './chaosaws.ts';
import { chaosk8s } from './chaosk8s.ts';
import { chaosnetwork } from './chaosnetwork.ts';
import { type Driver, type Made, refusedAs } from './driver.ts';
import { toxiproxy } from './toxiproxy.ts';

const drivers: readonly Driver[] = [chaosnetwork, ...chaosaws, ...chaosk8s, ...toxiproxy];

/** What a Python function becomes. It is never run: what it is known to do is written as a fault. */
export function made(call: Call): Made {
  const driver = drivers.find(({ modules }) => modules.includes(call.module));
  if (driver === undefined) return refusedAs(unknownModule);
  const known = ownOf(driver.functions, call.func);
  return known === undefined
    ? refusedAs(`${call.module}.${call.func} has nothing that takes its place: ${driver.otherwise}`)
    : known(call);
}

const unknownModule =
  'code of the source is never run, and what this module does is not known: write the fault that it makes under `faults` (docs/reference/faults.md lists them), or let a function of the environment do it, which a `lambda` rollback calls';
