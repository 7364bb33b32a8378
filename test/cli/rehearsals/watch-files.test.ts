import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { watchFiles } from '../../../lib/cli/rehearsals/watch-files.ts';
import { placesOf } from '../../../lib/cli/rehearsals/watched-places.ts';
import { loadProject } from '../../../lib/definitions/project.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { greetings, greetingsProject, slowNames } from '../../end-to-end/greetings.ts';

/** Watches what belongs to slow-names; `next` waits for the next change, by its path in the project. */
async function watching(files: Readonly<Record<string, unknown>>) {
  const root = temporaryProject(files);
  const project = await loadProject(root);
  const [experiment, lab] = [project.experiments.find(({ id }) => id === 'slow-names'), project.labs[0]];
  if (experiment === undefined || lab === undefined) throw new Error('the project is not as it should be');
  const told: string[] = [];
  let wake: () => void = () => undefined;
  onTestFinished(
    watchFiles(placesOf(experiment, lab, project), (path) => {
      told.push(path.slice(root.length + 1));
      wake();
    }),
  );
  const next = async (): Promise<string> => {
    for (;;) {
      const first = told.shift();
      if (first !== undefined) return first;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { next, at: (path: string) => join(root, path) };
}

it('tells what changes of an experiment, its lab and its services, and nothing else', async () => {
  const lab = {
    ...greetings,
    services: {
      ...greetings.services,
      names: { ...greetings.services.names, command: ['node', '../../service/names.mjs'] },
    },
  };
  const { next, at } = await watching({
    ...greetingsProject({ lab }),
    'experiments/other.json': { ...slowNames, id: 'other' },
    'service/names.mjs': 'a service outside of experiments/',
    'service/node_modules/package/index.js': '',
    'service/parts/part.mjs': '',
  });
  // What belongs to nobody, or is written by what runs, comes first: it would be told first.
  writeFileSync(at('experiments/other.json'), '{}');
  writeFileSync(at('service/node_modules/package/index.js'), 'installed');
  writeFileSync(at('service/names.log'), 'a line');
  utimesSync(at('service/names.mjs'), new Date(), new Date(0));
  expect(await next()).toBe('service/names.mjs');
  writeFileSync(at('service/parts/part.mjs'), 'changed');
  expect(await next()).toBe('service/parts/part.mjs');
  writeFileSync(at('experiments/slow-names.json'), '{"id": "slow-names"}');
  expect(await next()).toBe('experiments/slow-names.json');
  // As editors save: under another name, then in its place.
  writeFileSync(at('experiments/labs/.greetings.json.new'), '{}');
  renameSync(at('experiments/labs/.greetings.json.new'), at('experiments/labs/greetings.json'));
  expect(await next()).toBe('experiments/labs/greetings.json');
  mkdirSync(at('service/more/deep'), { recursive: true });
  writeFileSync(at('service/more/deep/new.mjs'), 'new');
  expect(await next()).toBe('service/more/deep/new.mjs');
  rmSync(at('experiments/labs/greetings/greeter.mjs'));
  expect(await next()).toBe('experiments/labs/greetings/greeter.mjs');
});
