import { execFileSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import * as z from 'zod';
import { type CommandProject, commandProject } from './command.ts';

export const home = join(import.meta.dirname, '..', '..');

/** Of the manifest, the packages that the published one may count on, always and where they are chosen. */
export const manifest = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    peerDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')));

/** What npm would publish. */
export interface Tarball {
  /** To be removed by whoever packed it. */
  readonly folder: string;
  readonly bytes: number;
  /** The unpacked package. */
  readonly root: string;
  /** Its files, relative to its root. */
  readonly files: readonly string[];
}

/** Whatever is started finds the Node that runs these tests. */
const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter);

/** Packs the package as npm does before it publishes it, build and all, and unpacks it again. */
export function pack(): Tarball {
  const folder = mkdtempSync(join(tmpdir(), 'steadfast-tarball-'));
  execFileSync('npm', ['pack', '--offline', '--silent', '--pack-destination', folder], {
    cwd: home,
    env: { ...process.env, PATH },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const file = join(folder, readdirSync(folder)[0] ?? '');
  execFileSync('tar', ['-xzf', file, '-C', folder]);
  const root = join(folder, 'package');
  const files = globSync('**/*', { cwd: root }).filter((name) => statSync(join(root, name)).isFile());
  return { folder, bytes: statSync(file).size, root, files: files.toSorted() };
}

/**
 * A project outside this repository with the package installed, what it depends on, and the peers that are chosen. Whatever else
 * this repository has installed cannot be found from it.
 */
export function installed(
  tarball: Tarball,
  peers: readonly string[],
  files: Readonly<Record<string, unknown>> = {},
): CommandProject {
  const env = { PATH, CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const project = commandProject(files, env, 'node_modules/steadfast-chaos/bin/steadfast.js');
  cpSync(tarball.root, join(project.root, 'node_modules', 'steadfast-chaos'), { recursive: true });
  install(project, [...Object.keys(manifest.dependencies), ...peers]);
  return project;
}

/** Lets a project find packages of this repository. */
export function install({ root }: CommandProject, packages: readonly string[]): void {
  for (const name of packages) {
    const place = join(root, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(home, 'node_modules', name), place);
  }
}
