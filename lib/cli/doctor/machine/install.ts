import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { counted, fine, type Look, namesOf, unfit } from '../look.ts';
import { findPackage, ownPackage, readManifest } from '../own-package.ts';
import { fits } from '../versions.ts';

/** Whether everything is there that Steadfast is made of. */
export const installLook = (own = ownPackage()): Look => ({
  name: 'install',
  docs: 'how-to/install-in-your-project.md',
  look: async () => {
    const { folder, manifest } = own;
    const { version = 'without a version', dependencies = {} } = manifest;
    const from = join(folder, 'package.json');
    const found = Object.entries(dependencies).map(([name, range]) => ({
      name,
      range,
      version: readManifest(findPackage(name, from))?.version,
    }));
    const missing = found.filter((one) => one.version === undefined).map(({ name }) => name);
    if (missing.length > 0)
      return unfit('fail', `not installed: ${namesOf(missing)}`, 'install the project again: npm ci');
    const other = found.filter((one) => fits(one.version ?? '', one.range) === false);
    if (other.length > 0)
      return unfit(
        'warn',
        `installed in other versions than Steadfast ${version} was tested with: ${namesOf(other.map((one) => `${one.name} ${one.version} for ${one.range}`))}`,
        'install the project again: npm ci; where the project overrides them, see that it has to',
      );
    const kind = existsSync(join(folder, 'bin', 'steadfast.ts')) ? 'as a checkout' : 'as a package';
    return fine(`Steadfast ${version} ${kind} in ${folder}, with ${counted(found.length, 'package')}`);
  },
});
