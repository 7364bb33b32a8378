import { parseAlarmArn } from '../../plan/alarm-arn.ts';
import { alarmArn } from '../../plan/aws-names.ts';
import { placeOf } from '../../plan/named-resources.ts';
import { type PlanTarget, targetName } from '../../plan/plan-target.ts';
import { itemsOf, type Node } from '../drafting/node.ts';
import { nameFrom, quoted } from './names.ts';
import { textOf } from './node.ts';
import { hintForPlace } from './place.ts';
import { fieldOf, pathOf } from './template.ts';
import type { Work } from './work.ts';

const alarm = 'aws:cloudwatch:alarm';

/**
 * The guards that the stop conditions of a template are. Every fault stops on all guards of its environment, so that an alarm which is
 * none of them is a question; no alarm at all is unsafe.
 */
export function readGuards(work: Work): string[] {
  const { template } = work;
  const list = fieldOf(template.node, 'stopConditions', template);
  const items = itemsOf(list);
  if (list !== undefined && !Array.isArray(list.value)) {
    work.unreadable(list, 'list of stop conditions');
    return [];
  }
  const isNone = (node: Node) => textOf(fieldOf(node, 'source', template)) === 'none';
  const alarms = items.filter((node) => !isNone(node));
  if (alarms.length === 0) without(items, work);
  else for (const node of items.filter(isNone)) work.ledger.refused(node.path, 'others stand beside it');
  return [...new Set(alarms.flatMap((node) => guardOf(node, work) ?? []))];
}

function without(items: readonly Node[], work: Work): void {
  const { template, place, ledger, mending } = work;
  const path = pathOf(template.node, 'stopConditions', template);
  const isMended = work.unsafe(
    items[0]?.path ?? path,
    {
      code: 'no-stop-condition',
      message: 'stops on no alarm: nothing would end the fault by itself',
      hint:
        place === undefined
          ? hintForPlace(work.context)
          : `name an alarm, or let it stop on the guards of ${targetName(place)}`,
    },
    place === undefined
      ? undefined
      : `it stops on the guards of ${targetName(place)}: ${Object.keys(place.guards).join(', ')}`,
  );
  const nodes = items.length === 0 ? [path] : items.map((node) => node.path);
  for (const one of nodes) {
    if (isMended) ledger.approximated(one, 'the guards of the environment', 'it stopped on no alarm');
    else ledger.refused(one, 'every fault stops on alarms');
  }
  if (place !== undefined) mending.stopConditions(conditionsOf(place));
}

/** The guards of an environment as FIS is told to stop on them. */
function conditionsOf(target: PlanTarget): { source: string; value: string }[] {
  const place = placeOf(target);
  return Object.values(target.guards).flatMap((guard) =>
    guard.readBy === undefined
      ? [{ source: alarm, value: place === undefined ? guard.alarm : alarmArn(guard.alarm, place) }]
      : [],
  );
}

/** The guard that an alarm is; undefined where the environment declares none such, which is a question. */
function guardOf(node: Node, work: Work): string | undefined {
  const { template, ledger, place } = work;
  const source = fieldOf(node, 'source', template);
  if (source === undefined || textOf(source) !== alarm) {
    work.unreadable(source ?? node, 'source of a stop condition');
    return undefined;
  }
  ledger.mapped(source.path, 'the guards of the environment');
  const value = fieldOf(node, 'value', template);
  const text = textOf(value);
  const known = text === undefined || place === undefined ? undefined : guardNamed(text, place);
  if (known !== undefined && value !== undefined) {
    ledger.mapped(value.path, work.to('guards'));
    return known;
  }
  ask(value ?? node, text, work);
  return undefined;
}

function guardNamed(text: string, target: PlanTarget): string | undefined {
  const place = placeOf(target);
  return Object.entries(target.guards).find(
    ([, guard]) => guard.alarm === text || (place !== undefined && alarmArn(guard.alarm, place) === text),
  )?.[0];
}

function ask(node: Node, text: string | undefined, work: Work): void {
  const { place } = work;
  const where = place === undefined ? 'the environment' : targetName(place);
  const guards = place === undefined ? '' : `: ${Object.keys(place.guards).join(', ')}`;
  work.ledger.approximated(
    node.path,
    'the guards of the environment',
    `the alarm is none of them as far as can be told, and every fault stops on all of them`,
  );
  work.decide(
    [],
    `whether the alarm ${text ?? 'of the stop condition'} should end faults in ${where}: every fault there stops on its guards${guards}; ${howToDeclare(text, place)}`,
  );
}

function howToDeclare(text: string | undefined, place: PlanTarget | undefined): string {
  const parts = text === undefined ? undefined : parseAlarmArn(text);
  if (text === undefined || (text.startsWith('arn:') && parts === undefined))
    return 'its ARN is not told in full: add the alarm to guards there if it is another';
  const name = nameFrom(parts?.name ?? text) ?? 'imported';
  const isElsewhere =
    parts !== undefined && (parts.account !== place?.account || parts.region !== place.region);
  return isElsewhere
    ? `it is of another account or Region, which FIS does not stop on: guards: { ${name}: { alarm: ${quoted(text)}, readBy: ROLE } } lets the runner look at it`
    : `add guards: { ${name}: { alarm: ${quoted(parts?.name ?? text)} } } there if it is another`;
}
