import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const mapSchema = z.object({ sources: z.array(z.string()) });
const manifestSchema = z.object({ name: z.string(), version: z.string(), license: z.string() });

/** The folders of the packages of which something is in the bundles of a folder, by their source maps. */
export function bundledPackages(bundles: string): string[] {
  const sources = globSync('*/index.mjs.map', { cwd: bundles }).flatMap(
    (file) => mapSchema.parse(JSON.parse(readFileSync(join(bundles, file), 'utf8'))).sources,
  );
  const folders = sources.flatMap((source) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(source) ?? []);
  return [...new Set(folders)].toSorted();
}

/** What of others is in the bundles: each package, its licence, and the notice that the licence wants kept. */
export function thirdPartyNotices(root: string, bundles: string): string {
  const notices = bundledPackages(bundles).map((folder) => {
    const { name, version, license } = manifestSchema.parse(
      JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')),
    );
    const texts = readdirSync(join(root, folder))
      .filter((file) => /^(licen[cs]e|notice)/i.test(file))
      .toSorted()
      .map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
    return [`${name} ${version} (${license})`, ...texts].join('\n\n');
  });
  return `The bundles in this folder hold parts of these packages.\n\n${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
