import { valueAt } from '../../definitions/value-at.ts';
import { isData } from '../drafting/node.ts';
import type { Path } from '../field.ts';
import type { Account } from './account.ts';
import { chaosKindOf, embeddedKey } from './fields/chaos-fields.ts';
import type { Injection } from './injection.ts';
import type { Resource } from './resource.ts';

/** What a schedule starts: a fault, or a workflow. */
export type Scheduled =
  | { readonly injection: Injection }
  | { readonly workflow: Readonly<Record<string, unknown>>; readonly at: Path };

/** What a Schedule holds; undefined where it holds nothing that is taken in, which its account then says. */
export function scheduledBy({ account, spec, name, namespace }: Resource): Scheduled | undefined {
  const type = spec['type'];
  if (type === 'Workflow' && isData(spec['workflow'])) {
    sayKept(account, type);
    return { workflow: spec['workflow'], at: ['spec', 'workflow'] };
  }
  const kind = chaosKindOf(type);
  const key = kind === undefined ? '' : embeddedKey[kind];
  const held = valueAt(spec, [key]);
  if (kind === undefined || !isData(held)) {
    account.refuse(
      'nothing-scheduled',
      ['spec', 'type'],
      kind === undefined
        ? 'schedules nothing that is taken in'
        : `says ${kind}, and there is nothing under '${key}'`,
      `write one of ${Object.keys(embeddedKey).join(', ')} or Workflow, and what it is to do`,
    );
    return undefined;
  }
  sayKept(account, kind);
  const own = namespace === undefined ? {} : { namespace };
  return { injection: { account, kind, at: ['spec', key], spec: held, name, ...own } };
}

/** Says where the fields of the schedule itself went. */
function sayKept(account: Account, type: string): void {
  const at = (key: string): Path => ['spec', key];
  account.mapped(at('type'), `faults: ${type}`);
  account.refused(at('historyLimit'), 'the journal of every run is kept');
  account.approximated(
    at('startingDeadlineSeconds'),
    'environments: schedule',
    'a start that comes more than five minutes late is left out',
  );
  const policy = valueAt(account.document.value, at('concurrencyPolicy'));
  if (policy === 'Allow')
    account.approximated(
      at('concurrencyPolicy'),
      'environments: schedule',
      'no two runs ever touch the same service at once: the later one is rejected',
    );
  else account.mapped(at('concurrencyPolicy'), 'environments: schedule');
}
