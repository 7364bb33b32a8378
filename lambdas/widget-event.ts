import * as z from 'zod/mini';
import { catch as orElse } from 'zod/mini';
import { SteadfastError } from '../lib/experiment/steadfast-error.ts';
import { type Command, commandSchema } from '../lib/game-day/command.ts';
import { isEdition } from '../lib/game-day/edition.ts';
import { fieldNames } from '../lib/report/game-day/widget-action.ts';

/** A text that is nothing where it is no text, or empty. */
const typed = z.pipe(
  orElse(z.string(), ''),
  z.transform((text) => text.trim() || undefined),
);

const maybeText = orElse(z.optional(z.string()), undefined);
const maybeEdition = orElse(z.optional(z.string().check(z.refine(isEdition))), undefined);

/**
 * As much of what CloudWatch sends as is read ("Details about custom widgets"): the widget's parameters, or what a button holds, beside
 * what was typed. All of it comes of a browser: whatever is not as it should be counts as absent.
 */
const eventSchema = z.object({
  describe: orElse(z.optional(z.boolean()), undefined),
  edition: maybeEdition,
  press: z.optional(z.unknown()),
  widgetContext: orElse(
    z.optional(
      z.object({
        theme: orElse(z.enum(['light', 'dark']), 'light'),
        params: orElse(z.object({ edition: maybeEdition, gameDay: maybeText }), {}),
        forms: orElse(z.object({ all: z.record(z.string(), z.unknown()) }), { all: {} }),
      }),
    ),
    undefined,
  ),
});

const pressSchema = z.object({
  command: z.record(z.string(), z.unknown()),
  seen: z.string(),
  words: z.optional(z.enum(['text', 'reason', 'note'])),
  needsWords: z.optional(z.boolean()),
});

/** A button that was pressed. */
export interface Press {
  readonly command: Command;
  /** The hash of what was shown beside it. */
  readonly seen: string;
}

/** What the widget is asked. */
export interface WidgetEvent {
  readonly describe: boolean;
  /** The edition that a button or the widget's parameters name. */
  readonly edition?: string | undefined;
  readonly gameDay?: string | undefined;
  readonly theme: 'light' | 'dark';
  /** The name that somebody typed. */
  readonly claimed?: string | undefined;
  /** @throws SteadfastError where what was pressed, or typed for it, cannot be done */
  readonly press?: () => Press;
}

/** The longest name that the widget's field takes. */
const longestName = 100;

export function readWidgetEvent(event: unknown): WidgetEvent {
  const { describe, edition, press, widgetContext } = eventSchema.safeParse(event).data ?? {};
  const { theme = 'light', params = {}, forms } = widgetContext ?? {};
  const words = typed.parse(forms?.all[fieldNames.words]);
  return {
    describe: describe === true,
    edition: edition ?? params.edition,
    gameDay: params.gameDay,
    theme,
    claimed: typed.parse(forms?.all[fieldNames.claimed])?.slice(0, longestName),
    ...(press === undefined ? {} : { press: () => readPress(press, words) }),
  };
}

function readPress(press: unknown, typedWords: string | undefined): Press {
  const read = pressSchema.safeParse(press);
  if (!read.success) throw unreadable(read.error);
  const { command, seen, words, needsWords } = read.data;
  if (needsWords === true && typedWords === undefined)
    throw new SteadfastError('invalid', 'the words are missing, and nothing was done', {
      hint: 'type them into the field above the buttons, then press again',
    });
  const said = words === undefined || typedWords === undefined ? {} : { [words]: typedWords };
  const wanted = commandSchema.safeParse({ ...command, ...said });
  if (!wanted.success) throw unreadable(wanted.error);
  return { command: wanted.data, seen };
}

const unreadable = (cause: z.core.$ZodError): SteadfastError =>
  new SteadfastError(
    'invalid',
    `what was pressed cannot be read, and nothing was done: ${cause.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
    { hint: 'look again, then press the button anew; words may have 2000 characters', cause },
  );
