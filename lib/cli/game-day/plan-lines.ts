import { roleNames } from '../../experiment/role-names.ts';
import { roleTitles } from '../../game-day/actor-name.ts';
import type { GameDayInput } from '../../game-day/input.ts';
import { lengthOf } from '../../game-day/length.ts';
import { hanging } from '../plan/words.ts';

/** A game day that is planned, as text. */
export function gameDayPlanLines(input: GameDayInput, columns: number): string[] {
  const { title, id, environment, mode, hypothesis, blastRadius, times, preBrief, hash, timeZone } = input;
  const line = (label: string, text: string) => hanging(`  ${label.padEnd(14)}`, text, columns);
  return [
    ...hanging('', title, columns),
    ...line('game day', `${id} in ${environment.id}${mode === 'rehearsal' ? ', a rehearsal' : ''}`),
    ...line('hypothesis', hypothesis),
    ...line('blast radius', blastRadius),
    ...line(
      'times',
      `pre-brief ${lengthOf(times.preBriefMs)}, experiment ${lengthOf(times.experimentMs)}, retrospective ${lengthOf(times.retrospectiveMs)}; an approval is waited for ${lengthOf(times.approvalMs)} (${timeZone})`,
    ),
    '',
    'Pre-brief',
    ...Object.entries(preBrief).flatMap(([item, text]) => hanging('  [ ] ', `${item}: ${text}`, columns)),
    '',
    'Stages',
    ...input.stages.flatMap((stage) => stageLines(stage, columns)),
    '',
    'People',
    ...roleNames.flatMap((role) => {
      const who = input.principals[role] ?? [];
      return mode === 'rehearsal' ? [] : line(roleTitles[role], who.join(', ') || 'nobody');
    }),
    ...Object.entries(input.approvers).flatMap(([what, roles]) =>
      line(
        what,
        `proposed by operator, approved by ${roles.map((role) => roleTitles[role]).join(' or ')}, never by who proposed it`,
      ),
    ),
    '',
    `hash ${hash}`,
  ];
}

const stageLines = (
  {
    number,
    title,
    experiment,
    only,
    set = {},
    longestMs,
    predictions,
    alerts,
  }: GameDayInput['stages'][number],
  columns: number,
): string[] => [
  ...hanging(`  ${number}. `, title, columns),
  ...hanging(
    '     runs       ',
    `${experiment}${only === undefined ? '' : `, stage ${only}`}${Object.entries(set)
      .map(([name, value]) => `, ${name} = ${value}`)
      .join('')}; ${lengthOf(longestMs)} at most`,
    columns,
  ),
  ...Object.entries(predictions).flatMap(([name, { says, shownBy }]) =>
    hanging(
      '     predicted  ',
      `${name}: ${says}${shownBy === undefined ? ' (people say whether)' : ` (${shownBy} shows it)`}`,
      columns,
    ),
  ),
  ...Object.values(alerts).flatMap(({ alarm, withinMs, clearsWithinMs }) =>
    hanging(
      '     alert      ',
      `${alarm} within ${lengthOf(withinMs)}${clearsWithinMs === undefined ? '' : `, clear within ${lengthOf(clearsWithinMs)} of the fault's end`}`,
      columns,
    ),
  ),
];
