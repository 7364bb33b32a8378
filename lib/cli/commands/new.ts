import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { createColors } from 'picocolors';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { definitionText } from '../../recipes/definition-text.ts';
import type { Proposal } from '../../recipes/proposal.ts';
import { exitCode } from '../exit-code.ts';
import { projectOf } from '../find-experiment.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { chooseExperiment, proposalsIn } from '../new/choose-experiment.ts';
import { knownProjectOf } from '../new/known-project.ts';
import { tableLines } from '../view/table-lines.ts';

export interface NewFlags {
  readonly from?: string | undefined;
  readonly for?: string | undefined;
  readonly id?: string | undefined;
  readonly list?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Writes an experiment that `check` accepts, and shows what else could be broken. Nothing is overwritten. */
export async function newCommand(io: Io, flags: NewFlags): Promise<number> {
  const project = await projectOf(io.cwd);
  const known = knownProjectOf(project);
  if (flags.list === true) {
    const proposals = proposalsIn(known, flags.for);
    if (flags.json === true) printJson(io, { proposals: proposals.map(proposalJson) });
    else for (const line of listLines(proposals, io)) printLine(io.stdout, line);
    return exitCode.fine;
  }
  const { definition, breaks } = chooseExperiment({ ...flags, service: flags.for }, known, project);
  const file = join(project.root, 'experiments', `${definition.id}.ts`);
  await writeNew(file, definitionText(definition), io.cwd);
  const others = proposalsIn(known, flags.for).filter(
    ({ testedBy, breakage, service }) => testedBy.length === 0 && `${breakage.what} (${service})` !== breaks,
  );
  if (flags.json === true) {
    printJson(io, {
      written: relative(project.root, file),
      experiment: definition,
      proposals: others.map(proposalJson),
    });
    return exitCode.fine;
  }
  printLine(io.stdout, `${relative(io.cwd, file)}: ${definition.title}`);
  printLine(io.stdout, `It breaks ${breaks}. Put your own tolerances and objective in.`);
  if (others.length > 0) {
    printLine(io.stdout);
    for (const line of listLines(others, io)) printLine(io.stdout, line);
  }
  printLine(io.stdout);
  printLine(
    io.stdout,
    `Next:   npx steadfast ${definition.lab === undefined ? 'check' : 'rehearse'} ${definition.id}`,
  );
  return exitCode.fine;
}

const proposalJson = ({ recipe, service, breakage, testedBy }: Proposal) => ({
  recipe: recipe.id,
  service,
  breaks: breakage.what,
  title: breakage.title,
  testedBy,
});

/** Each proposal as the command that writes it. */
function listLines(proposals: readonly Proposal[], { stdoutColours, stdoutColumns }: Io): string[] {
  const { dim } = createColors(stdoutColours);
  const groups = [
    {
      title: 'No experiment tests this yet:',
      those: proposals.filter(({ testedBy }) => testedBy.length === 0),
    },
    { title: 'Tested already:', those: proposals.filter(({ testedBy }) => testedBy.length > 0) },
  ];
  return groups
    .filter(({ those }) => those.length > 0)
    .flatMap(({ title, those }) => {
      return [
        title,
        ...tableLines(
          those.map((proposal) => {
            const { recipe, service, testedBy } = proposal;
            const more =
              testedBy.length > 0
                ? `by ${testedBy.join(', ')}`
                : `npx steadfast new --from ${recipe.id} --for ${service}`;
            return [{ text: whatOf(proposal) }, { text: more, paint: dim }];
          }),
          stdoutColumns,
        ).flat(),
      ];
    });
}

const whatOf = ({ service, breakage }: Proposal): string => `${service}: ${breakage.what}`;

async function writeNew(file: string, text: string, cwd: string): Promise<void> {
  if (existsSync(file)) {
    throw new SteadfastError(
      'cannot-begin',
      `${relative(cwd, file)} is there already, and nothing is overwritten`,
      {
        hint: 'choose another name with --id',
      },
    );
  }
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
  } catch (cause) {
    throw new SteadfastError('cannot-begin', `the experiment cannot be written: ${messageOf(cause)}`, {
      cause,
    });
  }
}
