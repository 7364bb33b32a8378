import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../../../definitions/project.ts';
import { fine, type Look, namesOf, type Seen, skipped, unfit } from '../look.ts';
import { findPackage, ownPackage, readManifest } from '../own-package.ts';
import { fits } from '../versions.ts';

interface Needed {
  readonly name: string;
  readonly by: string;
}

/** The packages that only some projects need, where they are used: a database in a lab, SQL metrics, deploying. */
export const packagesLook = (load: () => Promise<Project>): Look => ({
  name: 'packages',
  docs: 'how-to/install-in-your-project.md',
  look: async () => seenOf(neededBy(await load()), ownPackage().manifest.peerDependencies ?? {}),
});

/** What a project uses of what Steadfast does not bring. */
function neededBy({ root, labs, environments }: Project): readonly (Needed & { readonly root: string })[] {
  const databases = labs.filter(({ parsed }) =>
    Object.values(parsed.services).some((one) => 'postgres' in one),
  );
  const asking = labs.filter(({ parsed }) => Object.values(parsed.metrics ?? {}).some((one) => 'sql' in one));
  const deploys = environments.length > 0 && existsSync(join(root, 'cdk.json'));
  return [
    ...databases.slice(0, 1).flatMap(({ id }) => [
      { name: '@electric-sql/pglite', by: `the database of the lab '${id}'` },
      { name: '@electric-sql/pglite-socket', by: `the database of the lab '${id}'` },
    ]),
    ...asking.slice(0, 1).map(({ id }) => ({ name: 'pg', by: `a metric in SQL of the lab '${id}'` })),
    ...(deploys
      ? ['aws-cdk-lib', 'constructs'].map((name) => ({ name, by: 'cdk.json, to deploy environments' }))
      : []),
  ].map((one) => ({ ...one, root }));
}

function seenOf(
  needed: readonly (Needed & { readonly root: string })[],
  ranges: Readonly<Record<string, string>>,
): Seen {
  if (needed.length === 0) return skipped('the project uses no package that Steadfast does not bring');
  const found = needed.map(({ root, ...one }) => ({
    ...one,
    range: ranges[one.name],
    version: readManifest(findPackage(one.name, join(root, 'package.json')))?.version,
  }));
  const missing = found.filter(({ version }) => version === undefined);
  if (missing.length > 0)
    return unfit(
      'fail',
      `not installed: ${namesOf(missing.map(({ name, by }) => `${name} (for ${by})`))}`,
      `npm install --save-dev ${missing.map(({ name }) => name).join(' ')}`,
    );
  const other = found.filter(
    ({ version = '', range }) => range !== undefined && fits(version, range) === false,
  );
  if (other.length > 0)
    return unfit(
      'warn',
      `Steadfast is tested with other versions of ${namesOf(other.map(({ name, version, range }) => `${name} (${version}, not ${range})`))}`,
      `npm install --save-dev ${other.map(({ name, range }) => `'${name}@${range}'`).join(' ')}`,
    );
  return fine(found.map(({ name, version }) => `${name} ${version}`).join(', '));
}
