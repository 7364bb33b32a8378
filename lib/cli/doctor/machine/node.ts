import { join } from 'node:path';
import { fine, type Look, unfit } from '../look.ts';
import { ownPackage, readManifest } from '../own-package.ts';
import { fits } from '../versions.ts';

/** Below this the command does not start at all (bin/steadfast.js): definitions in TypeScript are run as they are. */
const commandNeeds = '>=22.15';

/** Whether Node is as new as Steadfast and the project ask. */
export const nodeLook = (root: string, version: string = process.versions.node): Look => ({
  name: 'node',
  docs: 'how-to/install-in-your-project.md',
  look: async () => {
    const asked = [
      ['the command', commandNeeds],
      ['steadfast-chaos', ownPackage().manifest.engines?.node],
      ['the project', readManifest(join(root, 'package.json'))?.engines?.node],
    ] as const;
    const known = asked.flatMap(([who, range]) => (range === undefined ? [] : [{ who, range }]));
    const unmet = known.filter(({ range }) => fits(version, range) === false);
    if (unmet.length > 0)
      return unfit(
        'fail',
        `Node ${version} is not what is asked for: ${unmet.map(({ who, range }) => `${who} needs ${range}`).join(', ')}`,
        'install a Node that fits, or have the project bring one: npm install --save-dev node',
      );
    const unread = known.filter(({ range }) => fits(version, range) === undefined);
    const also = unread.map(({ who, range }) => `; ${who} says ${range}, which was not compared`).join('');
    return fine(`Node ${version}${also}`);
  },
});
