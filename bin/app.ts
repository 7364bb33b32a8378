import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { buildApp } from '../lib/cdk/build-app.ts';
import { bundleHandlers } from '../lib/cdk/handler-bundles.ts';
import { problemLines } from '../lib/cdk/problem-lines.ts';
import { placed } from '../lib/definitions/load-definition.ts';
import { loadProject, type Project } from '../lib/definitions/project.ts';
import { withSuggestion } from '../lib/definitions/suggest.ts';
import { valueAt } from '../lib/definitions/value-at.ts';
import { type Problem, SteadfastError } from '../lib/experiment/steadfast-error.ts';

/** The CDK app: `npx cdk synth -c env=NAME` writes the stacks of one environment. */
const home = join(import.meta.dirname, '..');
const project = await loadProject(process.cwd());
const broken = project.problems.filter(({ severity }) => severity !== 'note');
if (broken.length > 0)
  refuse(new SteadfastError('invalid', 'definitions cannot be read', { problems: broken }));
else synthesize(project);

function synthesize(loaded: Project): void {
  const app = new App({ autoSynth: false });
  const environmentId: unknown = app.node.tryGetContext('env');
  // Inside the project: source maps name files relative to the bundle, and so stay the same on every machine.
  const scratch = join(home, '.steadfast');
  mkdirSync(scratch, { recursive: true });
  const outDir = mkdtempSync(join(scratch, 'handlers-'));
  try {
    buildApp({
      app,
      project: loaded,
      environmentId: typeof environmentId === 'string' ? environmentId : undefined,
      handlers: () => bundleHandlers({ folder: join(home, 'lambdas'), outDir }),
    });
    app.synth();
  } catch (thrown) {
    if (!(thrown instanceof SteadfastError)) throw thrown;
    refuse(thrown, loaded);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

/** Says what is wrong, all of it, and how to mend it; the CDK command ends with 1 then. */
function refuse({ message, hint, problems }: SteadfastError, loaded?: Project): void {
  const lines = problemLines({
    message,
    hint,
    problems: problems.map((problem) => withItsPlace(problem, loaded)),
  });
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}

function withItsPlace(problem: Problem, loaded?: Project): Problem {
  const experiment = loaded?.experiments.find(({ file }) => file === problem.file);
  if (experiment === undefined) return problem;
  return placed(
    withSuggestion(problem, valueAt(experiment.definition, problem.path) ?? problem.path.at(-1)),
    experiment,
  );
}
