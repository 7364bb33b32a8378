import { globSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import * as z from 'zod';
import { bundleNames, runBundleNames } from '../../lib/cdk/handler-bundles.ts';
import { firstProject } from '../../lib/cli/init/first-project.ts';
import { bundledPackages } from '../../scripts/third-party.ts';
import { changed } from '../definitions/told.ts';
import { containing, matching } from '../fakes/matching.ts';
import { isLong } from '../setup.ts';
import { inJson } from './command.ts';
import { greetings, greetingsProject, slowNames } from './greetings.ts';
import { home, install, installed, manifest, pack, type Tarball } from './tarball.ts';
import { entryNames, loadsTesting, testOfShop } from './testing-project.ts';

let tarball: Tarball;
beforeAll(() => {
  tarball = pack();
});
afterAll(() => rmSync(tarball.folder, { recursive: true, force: true }));

const textOf = (file: string): string => readFileSync(join(tarball.root, file), 'utf8');

describe('the packed tarball', () => {
  it('holds what is published, nothing else, and not much of it', () => {
    const published =
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|bin\/steadfast\.js|schemas\/(command\/)?[\w-]+\.schema\.json|dist\/lambdas\/(third-party\.txt|[\w-]+\/index\.mjs(\.map)?)|dist\/lib\/game-day-page\/page-script\.bundle|dist\/(bin|lib)\/[\w/-]+(\.js|\.d\.ts|\.asl\.json))$/;
    expect(tarball.files.filter((file) => !published.test(file))).toEqual([]);
    expect(tarball.files).toEqual(
      expect.arrayContaining([
        ...bundleNames.map((name) => `dist/lambdas/${name}/index.mjs`),
        'dist/lib/app/index.d.ts',
        'dist/lib/experiment/index.d.ts',
        'dist/lib/lab/postgres/postgres-child.js',
        ...['index', 'vitest', 'jest'].map((name) => `dist/lib/testing/${name}.d.ts`),
        'dist/lib/game-day-page/page-script.bundle',
        'dist/lib/run/runner.asl.json',
      ]),
    );
    expect(tarball.bytes).toBeLessThan(3_500_000);
  });

  it('names no place on the machine that packed it', () => {
    const places = [home, realpathSync(join(home, 'node_modules')), tarball.folder];
    const telling = tarball.files.filter((file) => places.some((place) => textOf(file).includes(place)));
    expect(telling).toEqual([]);
  });

  it('imports what its manifest names, and the bundler only to bundle', () => {
    const known = [
      'steadfast-chaos',
      ...Object.keys(manifest.dependencies),
      ...Object.keys(manifest.peerDependencies),
    ];
    const unknown = tarball.files
      .filter((file) => /^dist\/(bin|lib)\/.*\.(js|d\.ts)$/.test(file))
      .flatMap((file) => {
        const imports = textOf(file).matchAll(/(?:\bfrom |\bimport |\bimport\()['"]((?:@[\w-]+\/)?[\w-]+)/g);
        const packages = [...imports].map(([, name = '']) => name).filter((name) => name !== 'node');
        return packages.filter((name) => !known.includes(name)).map((name) => `${file}: ${name}`);
      });
    expect(unknown.toSorted()).toEqual([
      'dist/lib/cdk/bundle-handlers.js: esbuild',
      'dist/lib/game-day-page/bundle-page-script.js: esbuild',
    ]);
  });

  it('holds and needs only what may be passed on freely, with the notices of what it holds', () => {
    const { packages } = z
      .object({
        packages: z.record(
          z.string(),
          z.object({ license: z.string().optional(), dev: z.boolean().default(false) }),
        ),
      })
      .parse(JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8')));
    const held = bundledPackages(join(tarball.root, 'dist', 'lambdas'));
    const needed = Object.keys(packages).filter((place) => place !== '' && packages[place]?.dev === false);
    const free = /^\(?(MIT|MIT-0|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0|CC0-1\.0|Unlicense)\b/;
    expect(held).toContain('node_modules/zod');
    expect(needed).toEqual(
      expect.arrayContaining(Object.keys(manifest.dependencies).map((name) => `node_modules/${name}`)),
    );
    expect([...held, ...needed].filter((place) => !free.test(packages[place]?.license ?? ''))).toEqual([]);
    const notices = textOf('dist/lambdas/third-party.txt');
    for (const place of held) expect(notices).toContain(`\n${place.replace(/^.*node_modules\//, '')} `);
  });
});

/** How fast a busy machine answers is not what rehearsals here are about. */
const tolerances = { errorRate: { below: '50%' } };

const expectHeld = ({ code, stdout }: { readonly code: number | null; readonly stdout: string }): void =>
  // The summary says why, where it did not hold.
  expect({ code, verdict: inJson(stdout, 'verdict'), summary: inJson(stdout, 'summary') }).toMatchObject({
    code: 0,
    verdict: 'held',
  });

describe('a project without CDK and without a database', () => {
  it('is begun, checked and rehearsed', async () => {
    const project = installed(tarball, []);
    expect((await project.run('init')).code).toBe(0);
    expect(await project.run('check')).toMatchObject({ code: 0, stdout: 'fine: 3 definitions checked\n' });
    const file = join(project.root, 'experiments', 'slow-names.ts');
    const text = readFileSync(file, 'utf8').replace(
      /tolerances: .*,$/m,
      `tolerances: ${JSON.stringify(tolerances)},`,
    );
    expect(text).toContain(JSON.stringify(tolerances));
    writeFileSync(file, text);
    expectHeld(await project.run('rehearse', 'slow-names', '--json'));
    expect(project.processes()).toEqual([]);
  });

  it('finds neither bundler nor compiler, nor what it has not chosen', () => {
    const { root } = installed(tarball, []);
    for (const file of ['app.mjs', 'node_modules/steadfast-chaos/dist/lib/app/index.js']) {
      const { resolve } = createRequire(join(root, file));
      for (const name of ['esbuild', 'typescript', ...Object.keys(manifest.peerDependencies)])
        expect(() => resolve(name), `${name} from ${file}`).toThrow(`Cannot find module '${name}'`);
    }
  });

  it('may test with a lab, and loads neither CDK nor the SDK for it', async () => {
    const project = installed(tarball, [], {
      'package.json': { type: 'module' },
      'loads.js': loadsTesting,
    });
    const { stdout, stderr } = await project.node('loads.js');
    expect([stderr, JSON.parse(stdout)]).toEqual(['', [entryNames, []]]);
  });

  it('may write definitions in TypeScript, JavaScript, YAML and JSON', async () => {
    const project = installed(tarball, [], {
      'experiments/slow-names.js': `import { defineExperiment } from 'steadfast-chaos';\nexport default defineExperiment(${JSON.stringify({ ...slowNames, environments: { sandbox: {} } })});\n`,
      'experiments/slower-names.yaml': stringify({ ...slowNames, id: 'slower-names' }),
      'experiments/environments/sandbox.ts': firstProject['experiments/environments/sandbox.ts'],
      'experiments/labs/greetings.json': greetings,
    });
    expect(await project.run('check')).toMatchObject({
      code: 0,
      // What it notes of these is of their wide tolerances, and no matter of the form that they are written in.
      stdout: matching(/fine: 4 definitions checked\n$/),
      stderr: '',
    });
  });

  it('is told which packages its lab needs, one after the other', async () => {
    const { services, metrics, guards } = greetings;
    const lab = {
      ...greetings,
      services: { ...services, database: { postgres: {} } },
      metrics: { ...metrics, answer: { sql: 'select 42', service: 'database' } },
      guards: { ...guards, wrongAnswer: { metric: 'answer', above: 42, for: '2s' } },
    };
    const experiment = changed(slowNames, ['steadyState', 'greeting', 'tolerances'], tolerances);
    const project = installed(tarball, [], greetingsProject({ lab, experiment }));
    const rehearse = () => project.run('rehearse', 'slow-names', '--json');
    const needs = async (install: string) => {
      const { code, stdout } = await rehearse();
      expect([code, inJson(stdout, 'findings', 0, 'rejection')]).toEqual([4, 'lab']);
      expect(stdout).toContain(`npm install --save-dev ${install}`);
    };
    await needs('@electric-sql/pglite @electric-sql/pglite-socket');
    install(project, ['@electric-sql/pglite', '@electric-sql/pglite-socket']);
    await needs('pg');
    // With a database a rehearsal takes half a minute: the long run goes on.
    if (!isLong) return;
    install(project, ['pg']);
    expectHeld(await rehearse());
    expect(project.processes()).toEqual([]);
  });
});

describe('a CDK project', () => {
  const peers = ['aws-cdk-lib', 'constructs'];

  it('that init began is synthesized by the cdk command, with the handlers that the package brings', async () => {
    const project = installed(tarball, peers);
    await project.run('init');
    const cdk = join(home, 'node_modules', 'aws-cdk', 'bin', 'cdk');
    // Told to a pipeline, the command would write its words elsewhere.
    const { code, stderr } = await project.node(
      cdk,
      'synth',
      '--no-ci',
      '-c',
      'env=sandbox',
      '--quiet',
      '--no-notices',
    );
    expect([code, stderr]).toEqual([0, containing('steadfast-sandbox-experiments-my-team')]);
    const assets = globSync('cdk.out/asset.*/index.mjs', { cwd: project.root });
    const brought = new Map(bundleNames.map((name) => [textOf(`dist/lambdas/${name}/index.mjs`), name]));
    const taken = assets.map((file) => brought.get(readFileSync(join(project.root, file), 'utf8')) ?? file);
    // A project without a vantage point has no function that probes from one, and one without game days none of theirs.
    const wanted = runBundleNames.filter((name) => name !== 'probe');
    expect(taken.toSorted()).toEqual(wanted.toSorted());
  });

  it('is refused in words, and ends with 1, whatever kind of module its app is', async () => {
    const project = installed(tarball, peers, {
      ...firstProject,
      'package.json': {},
      'app.cjs': `
        const { App } = require('aws-cdk-lib');
        const { addSteadfast } = require('steadfast-chaos/cdk');
        addSteadfast(new App(), { environment: 'sanbox' }).then((added) => console.log(added));
      `,
    });
    expect(await project.node('app.cjs')).toMatchObject({
      code: 1,
      stdout: 'false\n',
      stderr: "steadfast: no environment is called 'sanbox'\n  name one of them with -c env=NAME: sandbox\n",
    });
  });

  it('cannot deploy an FIS template of its own that is not confined to the environment', async () => {
    const app = `
      import { App, Stack } from 'aws-cdk-lib';
      import { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';
      import { addSteadfast } from 'steadfast-chaos/cdk';

      const app = new App({ outdir: 'cdk.out' });
      await addSteadfast(app, { environment: 'sandbox' });
      const stack = new Stack(app, 'Mine', { env: { account: '111111111111', region: 'eu-west-1' } });
      const template = (id, resourceTags, stopCondition) =>
        new CfnExperimentTemplate(stack, id, {
          description: id,
          roleArn: 'arn:aws:iam::111111111111:role/fis',
          stopConditions: [stopCondition],
          targets: { tasks: { resourceType: 'aws:ecs:task', selectionMode: 'ALL', resourceTags } },
          actions: { stop: { actionId: 'aws:ecs:stop-task', targets: { Tasks: 'tasks' } } },
        });
      const value = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:steadfast-sandbox-greeterFailures';
      template('Confined', { Env: 'sandbox' }, { source: 'aws:cloudwatch:alarm', value });
      template('Untagged', { Service: 'greeter' }, { source: 'aws:cloudwatch:alarm', value });
      template('Unstoppable', { Env: 'sandbox' }, { source: 'none' });
      app.synth();
    `;
    const project = installed(tarball, peers, { ...firstProject, 'app.mjs': app });
    const { code, stderr } = await project.node('app.mjs');
    expect(code).toBe(1);
    expect(stderr).toContain('Mine/Untagged');
    expect(stderr).toContain('Mine/Unstoppable');
    expect(stderr).not.toContain('Mine/Confined');
  });
});

describe('a TypeScript project', () => {
  const language = `
    import { defineExperiment, defineLab, type ExperimentDefinition } from 'steadfast-chaos';

    const experiment: ExperimentDefinition = ${JSON.stringify(slowNames)};
    export default [defineExperiment(experiment), defineLab(${JSON.stringify(greetings)})];
    // @ts-expect-error -- no action is called so
    defineExperiment({ ...experiment, faults: { slow: { action: 'aws:ecs:task-network-latencyy' } } });
  `;
  const app = `
    import { App } from 'aws-cdk-lib';
    import { addSteadfast } from 'steadfast-chaos/cdk';

    const added: boolean = await addSteadfast(new App(), { directory: '.', environment: 'sandbox' });
    if (!added) throw new Error('nothing was added');
  `;

  it.each([
    ['the language alone, without the types of Node', 'nodenext', false],
    ['a CDK app, definitions and tests', 'nodenext', true],
    // Bundlers resolve the same declarations by rules that are wider.
    ...(isLong ? [['a CDK app and definitions, as bundlers do', 'bundler', true] as const] : []),
  ] as const)('compiles %s, with every check of declarations', async (_what, moduleResolution, hasApp) => {
    const compilerOptions = {
      target: 'es2024',
      module: moduleResolution === 'bundler' ? 'preserve' : moduleResolution,
      moduleResolution,
      types: hasApp ? ['node'] : [],
      strict: true,
      // CDK's own declarations do not bear it.
      exactOptionalPropertyTypes: !hasApp,
      skipLibCheck: false,
      noEmit: true,
    };
    const project = installed(tarball, hasApp ? ['aws-cdk-lib', 'constructs', '@types/node'] : [], {
      'package.json': { type: 'module' },
      'tsconfig.json': { compilerOptions },
      'language.ts': language,
      ...(hasApp ? { 'app.ts': app, 'shop.test.ts': testOfShop } : {}),
    });
    const tsc = join(home, 'node_modules', 'typescript', 'bin', 'tsc');
    expect(await project.node(tsc, '--project', '.')).toMatchObject({ code: 0, stdout: '' });
  });
});
