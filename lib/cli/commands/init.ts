import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { exitCode } from '../exit-code.ts';
import { cdkApp } from '../init/cdk-app.ts';
import { firstProject, gitIgnore, manifest } from '../init/first-project.ts';
import { type Io, printJson, printLine } from '../io.ts';

/**
 * Writes a first project: one experiment, one lab with a service of its own, one environment, and a CDK app that deploys it, unless
 * the project has an app of its own. Nothing is overwritten.
 */
export async function initCommand(
  io: Io,
  dir: string,
  flags: { readonly json?: boolean | undefined },
): Promise<number> {
  const root = resolve(io.cwd, dir);
  // A project that has these keeps its own.
  const ifAbsent = { 'package.json': manifest, '.gitignore': gitIgnore };
  const absent = Object.entries(ifAbsent).filter(([file]) => !existsSync(join(root, file)));
  const hasApp = existsSync(join(root, 'cdk.json'));
  const files: Readonly<Record<string, string>> = {
    ...firstProject,
    ...(hasApp ? {} : cdkApp),
    ...Object.fromEntries(absent),
  };
  const there = Object.keys(files).filter((file) => existsSync(join(root, file)));
  if (there.length > 0) {
    throw new SteadfastError(
      'cannot-begin',
      `${there.join(', ')} ${there.length === 1 ? 'is' : 'are'} there already, and nothing is overwritten`,
      {
        hint: 'choose another folder: steadfast init <dir>',
      },
    );
  }
  try {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text, { flag: 'wx' });
    }
  } catch (cause) {
    throw new SteadfastError('cannot-begin', `the project cannot be written: ${messageOf(cause)}`, { cause });
  }
  if (flags.json === true) {
    printJson(io, { root, written: Object.keys(files) });
    return exitCode.fine;
  }
  for (const file of Object.keys(files)) printLine(io.stdout, `  ${relative(io.cwd, join(root, file))}`);
  const into = relative(io.cwd, root);
  printLine(io.stdout);
  printLine(io.stdout, `Next:   ${into === '' ? '' : `cd ${into} && `}npx steadfast rehearse slow-names`);
  printLine(io.stdout, `Then:   ${hasApp ? addToOwnApp : 'npx cdk synth -c env=sandbox'}`);
  return exitCode.fine;
}

const addToOwnApp =
  "in the app that cdk.json names: import { addSteadfast } from 'steadfast-chaos/cdk'; await addSteadfast(app)";
