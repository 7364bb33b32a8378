import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { retroFiles } from '../../definitions/kept-retros.ts';
import type { EvidenceStore, RunLeft } from '../../game-day/evidence/ports.ts';
import { writeEvidence } from '../../game-day/evidence/write-evidence.ts';
import { asJson } from '../../plan/canonical-json.ts';
import { writeNew } from '../../rehearsal/write-new.ts';
import { jsonText } from '../../run/json-text.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { type KeptEditionFlags, openKeptEdition } from '../game-day/kept-edition.ts';
import { folderOfEdition } from '../game-day/retrospectives.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { pathFor } from '../tell-result.ts';

export interface GameDayEvidenceFlags extends KeptEditionFlags {
  readonly out?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Puts all that was kept of an edition into one signed file; where nothing is new the newest there is stays the newest. */
export async function gameDayEvidenceCommand(
  io: Io,
  edition: string,
  flags: GameDayEvidenceFlags,
  outside: Outside,
): Promise<number> {
  const kept = await openKeptEdition(io, edition, flags, outside);
  const folder = flags.out === undefined ? folderOfEdition(kept.root, edition) : resolve(io.cwd, flags.out);
  const retro = await readFile(join(folder, retroFiles.markdown), 'utf8').catch(() => undefined);
  const { place, version, sha256, fingerprint } = await writeEvidence(
    {
      clock: outside.clock,
      log: { read: async () => kept.record.entries },
      inputs: { load: async () => kept.record.input },
      runs: { read: async (runId) => runLeft(await kept.journalOf(runId)) },
      retrospectives: { read: async () => retro },
      bundles: storeIn(folder),
      signer: await kept.signer(),
    },
    edition,
  );
  if (flags.json === true) {
    printJson(io, { edition, file: place, version, sha256, fingerprint });
    return exitCode.fine;
  }
  const file = pathFor(io, place);
  const lines = [
    `Evidence of ${edition}, version ${version}: ${file}`,
    ...(retro === undefined ? [`  without a retrospective: there is no ${retroFiles.markdown} yet`] : []),
    `  SHA-256 of the file: ${sha256}`,
    `  signed with the key: ${fingerprint}`,
    '',
    'Keep the fingerprint of the key apart from the file: it is what the file is verified by.',
    `  npx steadfast evidence verify ${file} --key ${fingerprint}`,
  ];
  for (const line of lines) printLine(io.stdout, line);
  return exitCode.fine;
}

const samplesSchema = z.pipe(
  jsonText,
  z.looseObject({ samples: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }) }),
);

/** A journal as it is, or as the text that was found where it is no JSON. */
function runLeft(text: string | undefined): RunLeft | undefined {
  if (text === undefined) return undefined;
  const journal = jsonText.safeParse(text);
  const samples = samplesSchema.safeParse(text).data?.samples;
  return {
    journal: asJson(journal.success ? journal.data : text),
    ...(samples === undefined ? {} : { samples: { sha256: samples.sha256 } }),
  };
}

const named = /^evidence-([1-9]\d{0,5})\.ndjson$/;

/** The bundles of one edition in its folder. */
function storeIn(folder: string): EvidenceStore {
  const fileOf = (version: number): string => join(folder, `evidence-${version}.ndjson`);
  return {
    latest: async () => {
      const names = await readdir(folder).catch((): string[] => []);
      const version = Math.max(0, ...names.map((name) => Number(named.exec(name)?.[1] ?? 0)));
      if (version === 0) return undefined;
      return { place: fileOf(version), version, text: await readFile(fileOf(version), 'utf8') };
    },
    save: async (_edition, version, text) =>
      (await writeNew(fileOf(version), text)) === 'written' ? { place: fileOf(version) } : 'conflict',
  };
}
