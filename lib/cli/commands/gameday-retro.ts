import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { keptRetros, retroFiles } from '../../definitions/kept-retros.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { draftRetro } from '../../game-day/retro/draft-retro.ts';
import { openActionsOf } from '../../game-day/retro/open-actions.ts';
import { readRetro } from '../../game-day/retro/read-retro.ts';
import type { Retro } from '../../game-day/retro/retro.ts';
import { retroMarkdown } from '../../game-day/retro/retro-markdown.ts';
import { writeNew } from '../../rehearsal/write-new.ts';
import { renderRetro } from '../../report/game-day/retro-page.ts';
import { type Journal, journalSchema } from '../../run/journal.ts';
import { jsonText } from '../../run/json-text.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { type KeptEdition, type KeptEditionFlags, openKeptEdition } from '../game-day/kept-edition.ts';
import { folderOfEdition } from '../game-day/retrospectives.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { pathFor } from '../tell-result.ts';

export interface GameDayRetroFlags extends KeptEditionFlags {
  readonly out?: string | undefined;
  readonly json?: boolean | undefined;
}

const journalText = z.pipe(jsonText, journalSchema);

/**
 * Drafts the retrospective of an edition as Markdown, which people go on from and which is never written over, and as a page, which is made
 * anew with the actions as people have them by then.
 */
export async function gameDayRetroCommand(
  io: Io,
  edition: string,
  flags: GameDayRetroFlags,
  outside: Outside,
): Promise<number> {
  const kept = await openKeptEdition(io, edition, flags, outside);
  const folder = flags.out === undefined ? folderOfEdition(kept.root, edition) : resolve(io.cwd, flags.out);
  const draft = await draftOf(kept);
  const markdown = join(folder, retroFiles.markdown);
  const written = await writeNew(markdown, retroMarkdown(draft));
  const retro = written === 'written' ? draft : { ...draft, actions: await actionsOf(markdown, edition, io) };
  const page = join(folder, retroFiles.page);
  await writeWhole(page, renderRetro(retro));
  const open = retro.actions.filter(({ state }) => state === 'open').length;
  if (flags.json === true) {
    printJson(io, {
      edition,
      markdown: { file: markdown, written: written === 'written' },
      page,
      actions: retro.actions,
    });
    return exitCode.fine;
  }
  for (const line of told(io, { retro, markdown, page, open, isNew: written === 'written', kept }))
    printLine(io.stdout, line);
  return exitCode.fine;
}

async function draftOf({ edition, root, record, journalOf }: KeptEdition): Promise<Retro> {
  const { input, entries } = record;
  const journals = new Map<string, Journal>();
  for (const entry of entries) {
    if (entry.kind !== 'launched') continue;
    const journal = journalText.safeParse(await journalOf(entry.runId)).data;
    if (journal !== undefined) journals.set(entry.runId, journal);
  }
  const [first] = entries;
  const former = keptRetros(root).filter(
    (one) => one.edition !== edition && Date.parse(one.beganAt) < Date.parse(first?.at ?? ''),
  );
  return draftRetro({ edition, input, entries, journals, stillOpen: openActionsOf(former, input.id) });
}

/** What people have made of the draft. @throws SteadfastError `invalid` where it is of another edition */
async function actionsOf(file: string, edition: string, io: Io): Promise<Retro['actions']> {
  const found = readRetro(await readFile(file, 'utf8'));
  if (found.edition === edition) return found.actions;
  throw new SteadfastError(
    'invalid',
    `${pathFor(io, file)} is the retrospective of ${found.edition === '' ? 'another edition' : found.edition}, and is left as it is`,
    { hint: 'choose another folder with --out' },
  );
}

/** The page is ours alone: it is replaced, whole or not at all. */
async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.new`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(unfinished, text);
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}

function told(
  io: Io,
  {
    retro,
    markdown,
    page,
    open,
    isNew,
    kept,
  }: {
    readonly retro: Retro;
    readonly markdown: string;
    readonly page: string;
    readonly open: number;
    readonly isNew: boolean;
    readonly kept: KeptEdition;
  },
): readonly string[] {
  const file = pathFor(io, markdown);
  return [
    `The hypothesis: ${retro.hypothesis.outcome}. ${retro.hypothesis.why}`,
    isNew
      ? `Drafted ${file} with ${open} ${open === 1 ? 'action' : 'actions'}: give each an owner and a date.`
      : `${file} was there already and is left as it is: it is yours, with ${open} open ${open === 1 ? 'action' : 'actions'}.`,
    `Made the page ${pathFor(io, page)}, with the actions as retro.md has them.`,
    ...(retro.closedAt === undefined
      ? ['The game day is not closed yet: what comes later is not in the draft.']
      : []),
    '',
    `Then: npx steadfast gameday retro check ${file}`,
    `      npx steadfast gameday evidence ${kept.edition}${kept.flags}`,
  ];
}
