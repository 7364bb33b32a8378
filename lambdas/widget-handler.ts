import * as z from 'zod/mini';
import type { Edition } from '../lib/aws/game-day/editions.ts';
import { type RoleName, roleNames } from '../lib/experiment/role-names.ts';
import { messageOf, SteadfastError } from '../lib/experiment/steadfast-error.ts';
import type { Person } from '../lib/game-day/actor.ts';
import { roleTitles } from '../lib/game-day/actor-name.ts';
import { carryOut } from '../lib/game-day/carry-out.ts';
import type { Command } from '../lib/game-day/command.ts';
import type { GameDayInput } from '../lib/game-day/input.ts';
import { showEdition } from '../lib/game-day/show.ts';
import { goesOn, shownHash } from '../lib/game-day/shown.ts';
import {
  largestWidgetBytes,
  renderChoice,
  renderTrouble,
  renderWidget,
} from '../lib/report/game-day/widget.ts';
import { createGameDayDesk, type DeskReplacements, type GameDayDesk } from './game-day-desk.ts';
import { reportedError } from './reported-error.ts';
import { type Press, readWidgetEvent, type WidgetEvent } from './widget-event.ts';
import { widgetManual } from './widget-manual.ts';

/** What Lambda tells of a call, as far as it is used. */
interface Call {
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
}

type Desk = GameDayDesk & { readonly role: RoleName };

type Notice = NonNullable<Parameters<typeof renderWidget>[1]['notice']>;

/** A call of the widget, with what it is answered by. */
interface Asked {
  readonly desk: Desk;
  readonly event: WidgetEvent;
  readonly endpoint: string;
  readonly requestId: string;
}

/**
 * The widget of one role: whoever may invoke this function acts in the role, which its environment variable says. What a button sends is done,
 * unless it lets something go on that is not what was shown; then the edition is shown as it is now. The answer is HTML, whatever happens.
 */
export function createWidgetHandler(
  replacements: DeskReplacements = {},
): (event: unknown, call: Call) => Promise<string> {
  let made: Desk | undefined;
  return async (event, { invokedFunctionArn: endpoint, awsRequestId: requestId }) => {
    const read = readWidgetEvent(event);
    const { theme, edition } = read;
    if (read.describe) return widgetManual;
    try {
      made ??= { ...createGameDayDesk(replacements), role: roleIn(replacements.variables ?? process.env) };
      return await answer({ desk: made, event: read, endpoint, requestId });
    } catch (thrown) {
      made?.log.error('the widget was not shown', reportedError(thrown));
      return renderTrouble({ endpoint, theme, edition, notice: refusal(thrown, requestId) });
    }
  };
}

function roleIn(variables: Readonly<Record<string, string | undefined>>): RoleName {
  const role = z.enum(roleNames).safeParse(variables['STEADFAST_ROLE']);
  if (role.success) return role.data;
  throw new SteadfastError('invalid', 'the environment variable STEADFAST_ROLE is missing or wrong', {
    hint: 'deploy the game days again',
  });
}

/** What is told of a refusal: its words and what to do; of a crash that there was one, and where it is told. */
const refusal = (thrown: unknown, requestId: string): Notice => ({
  isRefusal: true,
  text:
    thrown instanceof SteadfastError
      ? `${thrown.message}${thrown.hint === undefined ? '' : ` (${thrown.hint})`}`
      : `Something failed that should not have: ${messageOf(thrown).slice(0, 300)} (the log of the function tells more, by the request ${requestId})`,
});

async function answer(asked: Asked): Promise<string> {
  const { desk, event, endpoint } = asked;
  const { environment } = desk;
  const { theme } = event;
  const edition = event.edition ?? (await newestOpen(asked));
  if (typeof edition === 'string') return answerOf(asked, edition);
  const editions = edition.map(({ edition: id, title }) => ({ edition: id, title }));
  const gameDays = event.gameDay === undefined ? [] : [event.gameDay];
  return renderChoice({ environment, endpoint, theme, editions, gameDays });
}

/** The newest open edition, where those that are open are of one game day; else all of them. */
async function newestOpen({ desk, event }: Asked): Promise<string | readonly Edition[]> {
  const open = (await desk.editions.all()).filter(
    ({ closedAt, gameDay }) => closedAt === undefined && (event.gameDay ?? gameDay) === gameDay,
  );
  const newest = open.at(-1);
  return newest !== undefined && open.every(({ gameDay }) => gameDay === newest.gameDay)
    ? newest.edition
    : open;
}

async function answerOf(asked: Asked, edition: string): Promise<string> {
  const { desk, event, endpoint, requestId } = asked;
  const { claimed, theme } = event;
  const { role, ports, figuresOf } = desk;
  const notice = event.press === undefined ? undefined : await press(asked, edition, event.press);
  try {
    const view = await showEdition(ports, { edition, role, person: personOf(asked), figuresOf });
    const { principals } = await ports.inputs.load(edition);
    const offers = view.offers.filter(({ command }) => isTheirs(principals, role, command));
    return smallEnough(renderWidget({ ...view, offers }, { endpoint, theme, notice, claimed }));
  } catch (thrown) {
    desk.log.error('the widget was not shown', reportedError(thrown));
    const why = refusal(thrown, requestId);
    const text =
      notice === undefined ? why.text : `${notice.text} How it is now cannot be shown: ${why.text}`;
    return renderTrouble({ endpoint, theme, edition, notice: { text, isRefusal: true } });
  }
}

function smallEnough(markup: string): string {
  if (Buffer.byteLength(markup) <= largestWidgetBytes) return markup;
  throw new SteadfastError('invalid', 'the edition is too large for a widget', {
    hint: 'see it, and act, with steadfast gameday status in a terminal',
  });
}

/** The function is that of all game days here: in one that gives its role to nobody, whoever looks may still end everything. */
const isTheirs = (principals: GameDayInput['principals'], role: RoleName, command: Command): boolean =>
  command.do === 'halt' || (principals[role] ?? []).length > 0;

const personOf = ({ desk: { role }, event: { claimed } }: Asked): Person => ({
  proof: 'role',
  role,
  ...(claimed === undefined ? {} : { claimed }),
});

/** Does what was pressed, and says what came of it. */
async function press(asked: Asked, edition: string, read: () => Press): Promise<Notice> {
  const { desk } = asked;
  const { ports, role, log } = desk;
  try {
    const { command, seen } = read();
    if (command.do !== 'halt') await needRole(asked, edition, command);
    if (goesOn(command) && shownHash(await showEdition(ports, { edition, role })) !== seen)
      throw new SteadfastError(
        'invalid',
        'something has changed since this was shown, and nothing was done',
        {
          hint: 'it is shown now as it is: look at it, then press again',
        },
      );
    await carryOut(ports, { edition, person: personOf(asked), command });
    log.info('done', { edition, role, command: command.do });
    return { text: command.do === 'halt' ? 'Halted.' : 'Done.', isRefusal: false };
  } catch (thrown) {
    if (!(thrown instanceof SteadfastError)) throw thrown;
    log.info('refused', { edition, role, code: thrown.code });
    return refusal(thrown, asked.requestId);
  }
}

async function needRole({ desk: { ports, role } }: Asked, edition: string, command: Command): Promise<void> {
  const { principals, title } = await ports.inputs.load(edition);
  if (isTheirs(principals, role, command)) return;
  throw new SteadfastError('permission', `nobody acts as ${roleTitles[role]} on '${title}'`, {
    hint: 'its definition says who acts in which role',
  });
}
